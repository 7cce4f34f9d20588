use cano::prelude::*;

#[task]
async fn pay(amount: u32, customer: &str) -> CanoResult<()> {
    println!("{amount} {customer}");
    Ok(())
}

workflow! {
    pub enum Payment {
        #[start] Ask { amount: u32, customer: String } = pay >> Paid,
        #[exit] Paid,
    }
}

workflow! {
    enum Order {
        #[start] Pay { amount: u32 } = match Payment(amount) {
            Paid => Done,
        },
        #[exit] Done,
    }
}

fn main() {}
