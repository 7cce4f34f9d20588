use cano::prelude::*;

pub struct Handle;

#[task]
async fn open() -> CanoResult<Handle> {
    Ok(Handle)
}

#[task]
async fn back(_handle: &Handle) -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[undo(back(outcome))]
        #[start] Begin = match open() { _ => Done },
        #[exit] Done,
    }
}

fn main() {}
