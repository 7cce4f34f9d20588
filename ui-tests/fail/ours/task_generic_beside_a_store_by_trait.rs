use cano::prelude::*;

trait Ledger {
    fn note(&self, text: String);
}

#[task]
async fn go<T: ToString + Sync>(what: &T, store: &impl Ledger) -> CanoResult<()> {
    store.note(what.to_string());
    Ok(())
}

fn main() {}
