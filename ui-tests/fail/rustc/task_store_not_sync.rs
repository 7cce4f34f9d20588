use std::cell::Cell;

use cano::prelude::*;

pub struct Ledger(Cell<u32>);

#[task]
async fn book(store: &Ledger) -> CanoResult<()> {
    store.0.set(1);
    Ok(())
}

pub trait Bank {
    fn pay(&self);
}

#[task]
async fn pay(#[store] bank: &dyn Bank) -> CanoResult<()> {
    bank.pay();
    Ok(())
}

fn main() {}
