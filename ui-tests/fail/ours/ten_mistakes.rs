use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[strat] Begin = go >> Nxt,
        #[retry(fixed(0, "1s"))] Next = go(missing) >> Dne,
        Stuck,
        Loop = go => Done,
        #[catch(_)] Other = match go { () => if true { Done } else { Stuck } },
        #[exit] Done = go >> Done,
        #[cfg(test)] Test = go >> Done,
        Tuple(u32) = go >> Done,
    }
}

fn main() {}
