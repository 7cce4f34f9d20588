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
    let workflow = Count::workflow().with_inputs(|_| (Count::Begin { number: 7 }, MemoryStore::new()));
    let _ = Scheduler::new().every_seconds_concurrent("count", workflow, 30, 4, WaitStrategy::WaitForever);
}
