use cano::prelude::*;

pub enum Verdict {
    Valid(u32),
    Bad { why: String },
    Gone,
}

#[task]
async fn judge() -> CanoResult<Verdict> {
    Ok(Verdict::Gone)
}

#[task]
async fn count(text: &str) -> CanoResult<bool> {
    Ok(text.is_empty())
}

workflow! {
    enum Order {
        #[start] Judge = match judge {
            Valid(n) => Count { text: n },
            Bad { wy } => Rejected { why: wy },
            Gon => Done,
        },
        Count { text: String } = match count(text, text) {
            true => Count { txt: text },
            false => Both,
        },
        Both = match (judge(), count()) {
            (Valid(n), true) if n => Done,
            _ => Rejected { why: 1 },
        },
        #[exit] Rejected { why: String },
        #[exit] Done,
    }
}

fn main() {}
