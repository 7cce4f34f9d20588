use cano::prelude::*;

#[task]
async fn go() -> CanoResult<bool> {
    Ok(true)
}

#[task]
async fn on() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin = match go { true => Waits, false => Done },
        Waits = on >> Stays,
        Stays = on >> Stays,
        #[exit] Done,
    }
}

fn main() {}
