use cano::prelude::*;

#[task]
async fn tally() -> CanoResult<()> { Ok(()) }

fn main() {
    let workflow: Workflow<&str> = Workflow::new("begin");
    let _ = Scheduler::new().scheduled("count", workflow);
}
