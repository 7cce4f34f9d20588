use std::{cell::Cell, rc::Rc};

use cano::prelude::*;

#[derive(Clone)]
pub struct Item(Cell<u32>);

#[derive(Clone)]
pub struct Receipt(Rc<u32>);

#[task]
async fn save() -> CanoResult<()> {
    Ok(())
}

#[task]
async fn pay() -> CanoResult<Receipt> {
    Ok(Receipt(Rc::new(1)))
}

#[task]
async fn forget(item: Item) -> CanoResult<()> {
    item.0.set(1);
    Ok(())
}

#[task]
async fn refund(receipt: Receipt) -> CanoResult<()> {
    println!("{}", receipt.0);
    Ok(())
}

workflow! {
    enum Order {
        #[start]
        #[undo(forget(item))]
        Save { item: Item } = save() >> Pay,
        #[undo(refund(outcome))]
        Pay = match pay { _ => Done },
        #[exit] Done,
    }
}

fn main() {}
