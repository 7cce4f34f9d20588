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
    let _ = Scheduler::new().scheduled("count", Count::workflow());
    let _ = Schedule::of::<Count>();
}
