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
    let store = MemoryStore::new();
    let _ = Scheduler::new().every_seconds("count", Count::run(&store), 30);
}
