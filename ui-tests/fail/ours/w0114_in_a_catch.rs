use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

fn text(error: &CanoError) -> Option<String> {
    Some(error.to_string())
}

workflow! {
    enum Order {
        #[start]
        #[catch(error if text(&error)?.is_empty() => Done)]
        #[catch(error => Failed { reason: text(&error)? })]
        Begin = go >> Done,
        #[exit] Failed { reason: String },
        #[exit] Done,
    }
}

fn main() {}
