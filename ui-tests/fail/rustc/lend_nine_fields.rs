use cano::prelude::*;

#[task]
async fn many(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8) -> CanoResult<()> {
    println!("{a}{b}{c}{d}{e}{f}{g}{h}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8 } = many >> Done,
        #[exit] Done,
    }
}

fn main() {}
