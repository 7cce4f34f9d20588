use cano::prelude::*;

#[allow(non_camel_case_types)]
pub struct book;

#[task]
async fn book() -> CanoResult<()> {
    Ok(())
}

fn main() {}
