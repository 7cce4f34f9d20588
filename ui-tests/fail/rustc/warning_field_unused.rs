#![deny(dead_code)]
use cano::prelude::*;

#[task]
async fn book(n: u32) -> CanoResult<bool> {
    Ok(n > 1)
}

workflow! {
    #[derive(Debug, Clone)]
    pub enum Order {
        #[start] Begin { n: u32, note: String, r#type: u8 } = match book(n) {
            true => Done { n },
            false => Again { n, text: String::new() },
        },
        Again { n: u32, text: String } = match book(n) {
            true => Done { n },
            false => Again { n, text: "again".to_owned() },
        },
        #[exit] Done { n: u32 },
    }
}

fn main() {}
