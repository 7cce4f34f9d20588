use cano::prelude::*;

#[task]
async fn look(note: &str) -> CanoResult<bool> {
    Ok(note.is_empty())
}

workflow! {
    enum Order {
        #[start] Begin { note: String } = match look(note) {
            true => Booked { first: note, second: note },
            false => Rejected,
        },
        #[exit] Booked { first: String, second: String },
        #[exit] Rejected,
    }
}

fn main() {}
