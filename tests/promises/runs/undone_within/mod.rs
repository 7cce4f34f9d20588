//! A nested run that is ended from outside undoes what it did before it is dropped.

mod ended;
mod told;

use std::time::Duration;

use cano::prelude::*;
use tokio::time::sleep;

use crate::log::{Busy, Log};

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

#[task]
async fn charge(store: &Log) -> CanoResult<()> {
    store.note("charge");
    Ok(())
}

#[task(retry = fixed(1, "1s"))]
async fn refund(fails: bool, store: &Log) -> Result<(), Busy> {
    sleep(seconds(1)).await;
    store.note("refund");
    if fails { Err(Busy(1)) } else { Ok(()) }
}

#[task]
async fn ship(store: &Log) -> CanoResult<()> {
    let _guard = store.on_drop("let go");
    sleep(seconds(10)).await;
    store.note("shipped");
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug, Clone)]
    enum Payment {
        #[undo(refund(fails))]
        #[start] Charge { fails: bool } = charge() >> Ship,
        Ship = ship >> Paid,
        #[exit] Paid,
    }
}

#[task]
async fn soon(store: &Log) -> Result<(), Busy> {
    sleep(seconds(3)).await;
    store.note("soon");
    Ok(())
}

#[task]
async fn fails_soon() -> Result<(), Busy> {
    sleep(seconds(3)).await;
    Err(Busy(7))
}

#[task]
async fn after(store: &Log) -> CanoResult<()> {
    store.note("after");
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Order {
        #[catch(_ => After)]
        #[start] Pay { fails: bool } = match Payment(fails) { Paid => After },
        After = after >> Done,
        #[exit] Done,
    }
}

fn paying(fails: bool) -> Order {
    Order::Pay { fails }
}
