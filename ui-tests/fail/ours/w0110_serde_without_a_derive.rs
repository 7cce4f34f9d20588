use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[derive(Debug, Clone)]
    enum Order {
        #[start] Begin = go >> Done,
        #[exit] #[serde(rename = "end")] Done,
    }
}

fn main() {}
