use cano::prelude::*;

#[task]
async fn tally() -> CanoResult<()> { Ok(()) }

workflow! {
    enum Count {
        #[start] Begin { number: u32 } = count >> Done,
        #[exit] Done,
    }
}

#[task]
async fn count(_number: u32) -> CanoResult<()> { Ok(()) }

fn main() {
    let scheduler = Scheduler::new();
    let _ = scheduler.every_seconds_concurrent("count", Count::workflow(), 30, 4, WaitStrategy::WaitForever);
}
