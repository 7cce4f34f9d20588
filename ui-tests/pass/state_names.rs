//! States with the names that our traits use.
#![deny(warnings)]

use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Store = go >> Tasks,
        Tasks = go >> Input,
        Input = go >> State,
        State = go >> Outcome,
        Outcome = go >> Instance,
        #[catch(_ => Err)]
        Instance = go >> Ok,
        Ok = go >> Some,
        #[exit] Err,
        Some = go >> Exit,
        #[exit] Exit,
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert!(matches!(Order::run(&MemoryStore::new()).await, Ok(OrderExit::Exit)));
}
