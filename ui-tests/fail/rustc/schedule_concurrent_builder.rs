use cano::prelude::*;

#[task]
async fn tally() -> CanoResult<()> { Ok(()) }

fn main() {
    let workflow: Workflow<&str> = Workflow::new("begin");
    let _ = Scheduler::new().every_seconds_concurrent("count", workflow, 30, 4, WaitStrategy::WaitForever);
}
