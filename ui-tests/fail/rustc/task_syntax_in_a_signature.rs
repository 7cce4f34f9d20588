use cano::prelude::*;

enum Parsed {
    Empty,
    Amount { n: u32 },
}

enum Written {
    Done,
    Large { by: u32 },
}

#[derive(Default)]
struct Parse;

#[task]
impl Parse {
    async fn run(&self line: &str) -> CanoResult<Parsed> {
        Ok(if line.is_empty() { Parsed::Empty } else { Parsed::Amount { n: 1 } })
    }
}

#[derive(Default)]
struct Write;

#[node]
impl Write {
    async fn prep(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }

    async fn exec(&self, n: u32) -> u32 {
        n
    }

    async fn post(&self, n u32) -> CanoResult<Written> {
        Ok(if n < 9 { Written::Done } else { Written::Large { by: n } })
    }
}

workflow! {
    enum Order {
        #[start] Begin { line: String } = match Parse(line) {
            Empty => Done,
            Amount { n } => Save { n },
        },
        Save { n: u32 } = Write(n) >> [Done, Large],
        #[exit] Done,
        #[exit] Large { by: u32 },
    }
}

fn main() {}
