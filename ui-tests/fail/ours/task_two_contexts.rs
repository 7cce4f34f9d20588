use cano::prelude::*;

#[task]
async fn book(cx: &Cx, _cx: &Cx) -> CanoResult<()> {
    println!("{}", cx.attempt());
    Ok(())
}

fn main() {}
