use cano::prelude::*;

#[task]
async fn book(lines: &mut Vec<u32>) -> CanoResult<()> {
    lines.push(1);
    Ok(())
}

fn main() {}
