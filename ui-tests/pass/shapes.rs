//! Every shape of a row.
#![deny(warnings)]

use cano::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct Invoice(pub u32);

#[derive(Debug)]
pub enum LedgerError {
    Closed,
    Full(u32),
}

impl std::fmt::Display for LedgerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for LedgerError {}

pub enum Stock {
    InStock,
    Missing(u32),
}

pub enum Customer {
    Known,
    Unknown,
}

#[task]
async fn parse(text: &str) -> Result<Option<u32>, std::num::ParseIntError> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

#[task(retry = fixed(2, "1ms"))]
async fn check_stock(invoice: &Invoice) -> CanoResult<Stock> {
    Ok(if invoice.0 > 100 { Stock::Missing(invoice.0) } else { Stock::InStock })
}

#[task]
async fn check_customer(invoice: Invoice, cx: &Cx) -> CanoResult<Customer> {
    assert_eq!(cx.task(), "check_customer");
    Ok(if invoice.0 == 13 { Customer::Unknown } else { Customer::Known })
}

#[task]
async fn book(invoice: &Invoice, _store: &MemoryStore) -> Result<(), LedgerError> {
    match invoice.0 {
        7 => Err(LedgerError::Closed),
        8 => Err(LedgerError::Full(8)),
        9 => Err(LedgerError::Full(0)),
        _ => Ok(()),
    }
}

#[task]
async fn count(missing: &u32) -> Result<u32, std::convert::Infallible> {
    Ok(*missing)
}

pub enum Sorted {
    Small,
    Large { by: u32 },
}

#[task]
async fn sort(missing: u32) -> CanoResult<Sorted> {
    Ok(if missing < 1000 { Sorted::Small } else { Sorted::Large { by: missing - 1000 } })
}

#[task]
async fn is_even(invoice: &Invoice) -> CanoResult<bool> {
    Ok(invoice.0 % 2 == 0)
}

#[task]
async fn nothing() -> CanoResult<()> {
    Ok(())
}

const POLICY: TaskConfig = TaskConfig::with_fixed_retry(1, Duration::from_millis(1));

fn policy() -> TaskConfig {
    POLICY
}

workflow! {
    /// Every shape.
    #[derive(Debug, Clone, PartialEq)]
    #[exits(name = End, derive(Debug, PartialEq))]
    pub enum Shapes {
        /// Text.
        #[start]
        #[catch(error => Broken { reason: error.to_string() })]
        Parse { text: String } = match parse(text) {
            Some(13 | 14) => Even { invoice: Invoice(13), note: text },
            Some(n @ 0..=1000) if n != 500 => Check { invoice: Invoice(n) },
            Some(n) => Count { missing: n, invoice: Invoice(n) },
            None => Rejected,
        },
        Even { invoice: Invoice, note: String } = match is_even(invoice) {
            true => Noted { note },
            false => { Noted { note: note.clone() + "!" } }
        },
        Check { invoice: Invoice } = match (check_stock, check_customer(invoice)) {
            (InStock, Known) => Book { invoice },
            (InStock, Unknown) => Rejected,
            (Missing(n), _) => Count { missing: n, invoice },
        },
        #[retry(fixed(3, "1ms"))]
        #[catch(LedgerError::Closed => Rejected)]
        #[catch(LedgerError::Full(n) if *n > 0 => Broken { reason: format!("full {n} {}", invoice.0) })]
        #[catch(error if error.is_permanent() => Broken { reason: error.to_string() })]
        #[catch(_ => Rejected)]
        Book { invoice: Invoice } = book(invoice) >> Booked { invoice },
        #[retry(POLICY)]
        Count { missing: u32, invoice: Invoice } = match count(missing) {
            1001..=2000 => Sort { missing, invoice },
            0 | 1 => Rejected,
            all => Both { invoice: Invoice(all) },
        },
        #[retry(policy)]
        Sort { missing: u32, invoice: Invoice } = sort(missing) >> [Small, Large],
        #[retry(none)]
        Both { invoice: Invoice } = (nothing(), nothing()) >> Booked { invoice },
        #[exit] Booked { invoice: Invoice },
        #[exit] Rejected,
        #[exit] Broken { reason: String },
        #[exit] Noted { note: String },
        #[exit] Small,
        #[exit] Large { by: u32, invoice: Invoice },
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> CanoResult<()> {
    let store = MemoryStore::new();
    for (text, end) in [
        ("", End::Rejected),
        ("x", End::Broken { reason: "workflow `Shapes`, state `Parse`: task `parse` failed after 1 attempt".into() }),
        ("14", End::Noted { note: "14!".into() }),
        ("5", End::Booked { invoice: Invoice(5) }),
        ("7", End::Rejected),
        ("8", End::Broken { reason: "full 8 8".into() }),
        ("9", End::Rejected),
        ("600", End::Booked { invoice: Invoice(600) }),
        ("1500", End::Large { by: 500, invoice: Invoice(1500) }),
        ("500", End::Booked { invoice: Invoice(500) }),
    ] {
        assert_eq!(Shapes::run(text.to_string(), &store).await?, end, "{text}");
    }
    assert_eq!(Shapes::TABLE.exits().count(), 6);
    assert_eq!(Shapes::TABLE.state("Check").unwrap().tasks(), ["check_stock", "check_customer"]);
    println!("{}", Shapes::TABLE.to_mermaid());
    Ok(())
}
