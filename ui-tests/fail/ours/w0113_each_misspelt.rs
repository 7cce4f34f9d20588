use cano::prelude::*;

#[task]
async fn scan(_page: &str) -> CanoResult<()> {
    Ok(())
}

#[task]
async fn near(_call: u32) -> CanoResult<u32> {
    Ok(1)
}

#[task]
async fn far(_call: u32) -> CanoResult<u32> {
    Ok(2)
}

workflow! {
    enum Scan {
        #[start] Pages { pages: Vec<String> } = eech(scan, over = pages, limit = 8) >> Call { call: 1 },
        Call { call: u32 } = match ayn(near(call), far(call)) { _ => Done },
        #[exit] Done,
    }
}

fn main() {}
