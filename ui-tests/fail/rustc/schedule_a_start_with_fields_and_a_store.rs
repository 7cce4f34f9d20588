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
    let workflow = Count::workflow().with_store(|_| MemoryStore::new());
    let _ = Scheduler::new().every_seconds("count", workflow, 30);
}
