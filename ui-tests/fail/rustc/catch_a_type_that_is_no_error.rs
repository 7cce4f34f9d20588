use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

pub enum Verdict {
    Valid,
    Refused,
}

workflow! {
    enum Order {
        #[catch(Verdict::Refused => Failed)]
        #[start]
        Begin = go >> Done,
        #[exit] Failed,
        #[exit] Done,
    }
}

fn main() {}
