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
    let _ = Scheduler::new().add("count", "0 9 * * *", Count::workflow());
}
