use cano::prelude::*;

#[task]
async fn parse(line: &str) -> Result<u32, std::num::ParseIntError> {
    line.parse()
}

workflow! {
    enum Order {
        #[start]
        #[catch(ParseIntError => Rejected)]
        Parse { line: String } = match parse(line) { n => Parsed { n } },
        #[exit] Parsed { n: u32 },
        #[exit] Rejected,
    }
}

fn main() {}
