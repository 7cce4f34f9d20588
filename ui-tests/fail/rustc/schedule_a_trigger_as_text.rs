use cano::prelude::*;

#[task]
async fn tally() -> CanoResult<()> { Ok(()) }

workflow! {
    enum Count {
        #[start] Begin = tally >> Done,
        #[exit] Done,
    }
}

fn main() {
    let _ = Scheduler::new().add("count", Count::workflow(), "0 9 * * *");
}
