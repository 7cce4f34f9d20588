use cano::prelude::*;

struct Invoice;

struct Booked;

struct Ledger;

#[task]
pub async fn check(limit: u32, invoice: &Invoice) -> CanoResult<()> {
    println!("{limit} {}", std::mem::size_of_val(invoice));
    Ok(())
}

#[task]
pub async fn book(_limit: u32) -> CanoResult<Booked> {
    Ok(Booked)
}

#[task]
pub async fn note(store: &Ledger) -> CanoResult<()> {
    println!("{}", std::mem::size_of_val(store));
    Ok(())
}

fn main() {}
