use cano::prelude::*;

#[task]
async fn look(note: &str) -> CanoResult<bool> {
    Ok(note.is_empty())
}

workflow! {
    enum Order {
        #[start] Begin { note: String } = match look(note) {
            true if drop(note) == () => Rejected,
            _ => Booked { note },
        },
        #[exit] Booked { note: String },
        #[exit] Rejected,
    }
}

fn main() {}
