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
    let _ = Scheduler::new().every_seconds("count", Count::workflow(), 30);
    println!("{}", Ledger { url: String::new() }.url);
}
