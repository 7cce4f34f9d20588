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

fn observed() {
    let _ = Check::workflow().with_observer(|event| {
        let _ = event;
    });
}

fn main() {}
