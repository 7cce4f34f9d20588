use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Done,
        #[exit] Done,
    }
}

fn main() {
    println!("{:?}", Order::Begin);
}
