use cano::prelude::*;

#[task]
async fn book<T: std::fmt::Debug>(line: &T) -> CanoResult<()> {
    println!("{line:?}");
    Ok(())
}

fn main() {}
