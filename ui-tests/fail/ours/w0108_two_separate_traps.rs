use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

#[task]
async fn count() -> CanoResult<u8> {
    Ok(0)
}

workflow! {
    enum Order {
        #[start] Begin = match count { 0 => Done, 1 => Ask, _ => Wait },
        Ask = go >> Ask,
        Wait = go >> Wait,
        #[exit] Done,
    }
}

fn main() {}
