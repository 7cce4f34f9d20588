use cano::prelude::*;

#[task]
async fn tell(amount: u32) -> CanoResult<()> {
    println!("{amount}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { amount: u32 } = tell(amount) >> Next { aomunt },
        #[catch(_ => Done { aount })]
        Next { amount: u32 } = tell(amount) >> Done { amount },
        #[exit] Done { amount: u32 },
    }
}

fn main() {}
