use cano::prelude::*;

#[task]
async fn tally() -> CanoResult<()> { Ok(()) }

struct Ledger { url: String }

fn main() {
    let workflow: Workflow<&str, Ledger> = Workflow::new("begin");
    let _ = Scheduler::new().every_seconds("count", workflow, 30);
    println!("{}", Ledger { url: String::new() }.url);
}
