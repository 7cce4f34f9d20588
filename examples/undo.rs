//! Undos: an order that is paid for and reserved cannot be shipped, so both are taken back; and an undo that fails.

use std::sync::Mutex;

use cano::prelude::*;

/// What the tasks did.
#[derive(Default)]
struct Shop {
    book: Mutex<Vec<String>>,
    bank_is_closed: bool,
}

impl Shop {
    fn note(&self, line: String) {
        println!("  {line}");
        self.book.lock().expect("nothing panics under this lock").push(line);
    }
}

#[task]
async fn charge(cents: u32, store: &Shop) -> CanoResult<String> {
    store.note(format!("charged {cents}"));
    Ok("receipt 7".to_owned())
}

/// Is lent what `charge` yielded. An undo has retries of its own.
#[task(retry = fixed(2, "10ms"))]
async fn refund(receipt: &str, cents: u32, store: &Shop) -> Result<(), &'static str> {
    if store.bank_is_closed {
        return Err("the bank is closed");
    }
    store.note(format!("refunded {cents} by {receipt}"));
    Ok(())
}

#[task]
async fn reserve(item: &str, store: &Shop) -> CanoResult<()> {
    store.note(format!("reserved the {item}"));
    Ok(())
}

#[task]
async fn release(item: &str, store: &Shop) -> CanoResult<()> {
    store.note(format!("released the {item}"));
    Ok(())
}

#[task]
async fn ship(item: &str) -> Result<(), &'static str> {
    if item == "anvil" { Err("nobody carries an anvil") } else { Ok(()) }
}

workflow! {
    #[store(Shop)]
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

#[tokio::main]
async fn main() -> CanoResult<()> {
    let shop = Shop::default();
    let OrderExit::Shipped { receipt } = Order::run("book".to_owned(), 500, &shop).await?;
    assert_eq!(receipt, "receipt 7");

    // The last step is undone first; then the run ends with the error that it failed with.
    let shop = Shop::default();
    let error = Order::run("anvil".to_owned(), 500, &shop).await.expect_err("nobody ships it");
    println!("{error:#}");
    let book = shop.book.into_inner().expect("nothing panics under this lock");
    assert_eq!(book[2..], ["released the anvil", "refunded 500 by receipt 7"]);

    // An undo that fails keeps no other from running, and the error says what is left for a person to do.
    let shop = Shop { bank_is_closed: true, ..Shop::default() };
    let error = Order::run("anvil".to_owned(), 500, &shop).await.expect_err("nobody ships it");
    println!("{error:#}");
    let CanoError::NotUndone(not_undone) = error else { panic!("the refund has failed") };
    assert_eq!(
        not_undone.failures()[0].to_string(),
        "workflow `Order`, state `Charge`: task `refund` failed after 3 attempts"
    );
    Ok(())
}
