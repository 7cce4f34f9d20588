use cano::prelude::*;

#[task]
async fn tally() -> CanoResult<()> { Ok(()) }

fn main() {
    let _ = Scheduler::new().every_seconds("count", tally {}, 30);
}
