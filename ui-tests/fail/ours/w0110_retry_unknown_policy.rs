use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] #[retry(exponentiall(5))] Begin = go >> Next,
        #[retry(linear(5))] Next = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
