use cano::prelude::*;

#[task]
async fn save(_text: &str) -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order<'a> {
        #[start] Begin { text: &'a str } = save(text) >> Saved,
        #[exit] Saved,
    }
}

fn main() {}
