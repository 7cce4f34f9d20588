use cano::prelude::*;

#[task]
async fn ask() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Check {
        #[start]
        Ask = ask >> Asked,
        #[exit]
        Asked,
    }
}

fn several() {
    let _ = ConcurrentWorkflow::<_>::new(Check::workflow());
}

fn main() {}
