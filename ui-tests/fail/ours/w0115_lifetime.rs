use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order<'a> {
        #[start] Begin { text: &'a str } = go() >> Done { text },
        #[exit] Done { text: &'a str },
    }
}

fn main() {}
