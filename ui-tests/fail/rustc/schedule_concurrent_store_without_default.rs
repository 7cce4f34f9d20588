use cano::prelude::*;

#[task]
async fn tally() -> CanoResult<()> { Ok(()) }

struct Ledger { url: String }

workflow! {
    #[store(Ledger)]
    enum Count {
        #[start] Begin = tally >> Done,
        #[exit] Done,
    }
}

fn main() {
    let scheduler = Scheduler::new();
    let _ = scheduler.every_seconds_concurrent("count", Count::workflow(), 30, 4, WaitStrategy::WaitForever);
    println!("{}", Ledger { url: String::new() }.url);
}
