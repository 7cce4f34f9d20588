//! What several runs begin with: a store of one's own is shared in an `Arc`, and a start state with fields has its states
//! named.

use std::sync::Mutex;

use cano::prelude::*;

struct Rows(Mutex<Vec<u32>>);

#[task]
async fn save(n: u32, store: &Rows) -> CanoResult<()> {
    store.0.lock().unwrap().push(n);
    Ok(())
}

workflow! {
    #[store(Rows)]
    enum Saving {
        #[start] Save { n: u32 } = save(n) >> Saved,
        #[exit] Saved,
    }
}

fn main() {
    let rows = Rows(Mutex::default());
    drop(Saving::workflow().concurrent((vec![Saving::Save { n: 1 }], rows)));
    drop(Saving::workflow().concurrent(vec![Rows(Mutex::default())]));
}
