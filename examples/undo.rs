//! Undos: an order that was paid for and reserved cannot be shipped, so both are taken back. Then an undo that fails.

use cano::prelude::*;

const BOOK: Key<Vec<String>> = Key::new("book");
const BANK_IS_CLOSED: Key<bool> = Key::new("bank is closed");

#[task]
async fn charge(cents: u32, store: &MemoryStore) -> Result<String, StoreError> {
    store.append(BOOK, format!("charged {cents}"))?;
    Ok("receipt 7".to_owned())
}

/// The row lends it what `charge` returned. An undo has retries of its own.
#[task(retry = fixed(2, "10ms"))]
async fn refund(receipt: &str, cents: u32, store: &MemoryStore) -> Result<(), BoxError> {
    if store.get(BANK_IS_CLOSED)? {
        return Err("the bank is closed".into());
    }
    Ok(store.append(BOOK, format!("refunded {cents} by {receipt}"))?)
}

#[task]
async fn reserve(item: &str, store: &MemoryStore) -> Result<(), StoreError> {
    store.append(BOOK, format!("reserved the {item}"))
}

#[task]
async fn release(item: &str, store: &MemoryStore) -> Result<(), StoreError> {
    store.append(BOOK, format!("released the {item}"))
}

#[task]
async fn ship(item: &str) -> Result<(), BoxError> {
    if item == "anvil" { Err("nobody carries an anvil".into()) } else { Ok(()) }
}

workflow! {
    #[derive(Debug)]
    enum Order {
        #[start]
        #[undo(refund(outcome, cents))]
        Charge { item: String, cents: u32 } = match charge(cents) {
            receipt => Reserve { item, receipt },
        },
        #[undo(release(item))]
        Reserve { item: String, receipt: String } = reserve(item) >> Ship { item, receipt },
        Ship { item: String, receipt: String } = ship(item) >> Shipped { receipt },
        #[exit] Shipped { receipt: String },
    }
}

/// Places one order: how it ended, and what was done for it.
async fn order(item: &str, bank_is_closed: bool) -> CanoResult<(CanoResult<OrderExit>, Vec<String>)> {
    let store = MemoryStore::new();
    store.put(BANK_IS_CLOSED, bank_is_closed)?;
    let end = Order::run(item.to_owned(), 500, &store).await;
    let book = store.get(BOOK)?;
    match &end {
        Ok(exit) => println!("{exit:?}"),
        Err(error) => println!("{error:#}"),
    }
    println!("  {}", book.join(", "));
    Ok((end, book))
}

#[tokio::main]
async fn main() -> CanoResult<()> {
    let (end, book) = order("book", false).await?;
    assert!(matches!(end, Ok(OrderExit::Shipped { receipt }) if receipt == "receipt 7"));
    assert_eq!(book, ["charged 500", "reserved the book"]);

    // The last step is undone first; then the run returns the error of `ship`.
    let (end, book) = order("anvil", false).await?;
    assert!(matches!(end, Err(CanoError::Task(error)) if error.attempts() == 1));
    assert_eq!(book[2..], ["released the anvil", "refunded 500 by receipt 7"]);

    // An undo that fails does not keep the others from running, and the error says what is left for a person to do.
    let (end, book) = order("anvil", true).await?;
    let Err(CanoError::NotUndone(not_undone)) = end else { panic!("the refund has failed") };
    assert!(not_undone.failures()[0].to_string().ends_with("task `refund` failed after 3 attempts"));
    assert_eq!(book[2..], ["released the anvil"]);
    Ok(())
}
