use cano::prelude::*;

#[task]
async fn parse(line: &str) -> CanoResult<bool> {
    Ok(line.is_empty())
}

workflow! {
    enum Order {
        #[start]
        #[catch(_ => Bad { line: self.line })]
        Parse { line: String } = match parse(line) {
            true => Good { line: self.line.clone() },
            false => Bad { line },
        },
        #[exit] Good { line: String },
        #[exit] Bad { line: String },
    }
}

fn main() {}
