use cano::prelude::*;

pub struct Bank<B>(B);

#[task]
async fn book<B: Send + Sync, T: std::fmt::Debug + Send + Sync>(line: &T, _store: &Bank<B>) -> CanoResult<()> {
    println!("{line:?}");
    Ok(())
}

fn main() {}
