use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[store()]
    #[exits(derive = Debug)]
    #[workflow]
    enum Order {
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

workflow! {
    #[store("Ledger")]
    #[workflow(krate = ::cano)]
    enum Other {
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
