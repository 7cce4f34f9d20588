use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = go >> Next,
        Next = go >> Self::Last,
        Last = go >> Order::Done,
        #[exit] Done,
    }
}

fn main() {}
