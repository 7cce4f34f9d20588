//! The table: what happens to one invoice, from the text of its lines to an exit.
//!
//! The tasks return what they found; only the table says what comes next.

use cano::prelude::*;

use crate::fault::Fault;
use crate::invoice::{Invoice, REVIEWED_FROM};
use crate::ledger::{Ledger, LedgerError};
use crate::money::Money;
use crate::raw::RawInvoice;

/// Whether somebody looked at an invoice before it was booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    NotNeeded,
    Given,
}

pub enum Reading {
    Readable(Invoice),
    Unreadable(Vec<Fault>),
}

/// Quantities, prices and dates: all of them, or none.
#[task]
async fn read(raw: &RawInvoice, cx: &Cx) -> CanoResult<Reading> {
    let (reading, lines) = (raw.read(), raw.lines.len() as u64);
    cx.progress(lines, lines);
    Ok(match reading {
        Ok(invoice) => Reading::Readable(invoice),
        Err(faults) => Reading::Unreadable(faults),
    })
}

pub enum Class {
    Cancellation,
    Correction,
    Sale,
}

#[task]
async fn classify(invoice: &Invoice) -> CanoResult<Class> {
    Ok(if invoice.is_cancellation() {
        Class::Cancellation
    } else if invoice.is_correction() {
        Class::Correction
    } else {
        Class::Sale
    })
}

pub enum Priced {
    Total(Money),
    TooLarge(Fault),
}

impl From<Result<Money, Fault>> for Priced {
    fn from(sum: Result<Money, Fault>) -> Self {
        match sum {
            Ok(total) => Self::Total(total),
            Err(fault) => Self::TooLarge(fault),
        }
    }
}

#[task]
async fn price(invoice: &Invoice) -> CanoResult<Priced> {
    Ok(invoice.sales().into())
}

#[task]
async fn price_refund(invoice: &Invoice) -> CanoResult<Priced> {
    Ok(invoice.refund().into())
}

/// A person would look at a large invoice here; the example only passes through this state.
#[task]
async fn review() -> CanoResult<()> {
    Ok(())
}

/// Three retries are enough: the ledger refuses a booking at most twice.
#[task(retry = exponential(3, base = "1ms", max = "2ms", jitter = 0.1))]
async fn book(invoice: &Invoice, total: &Money, store: &Ledger) -> Result<(), LedgerError> {
    store.book(&invoice.number, *total)
}

#[task(retry = exponential(3, base = "1ms", max = "2ms", jitter = 0.1))]
async fn repay(invoice: &Invoice, total: &Money, store: &Ledger) -> Result<(), LedgerError> {
    store.book(&invoice.number, -*total)
}

workflow! {
    /// Takes one invoice from the shop's export to the ledger.
    #[store(Ledger)]
    #[derive(Clone, Debug)]
    pub enum Intake {
        #[start]
        Read { raw: RawInvoice } = match read(raw) {
            Readable(invoice)  => Classify { invoice },
            Unreadable(faults) => Rejected { number: raw.number, faults },
        },
        Classify { invoice: Invoice } = match classify(invoice) {
            Cancellation => Refund { invoice },
            Correction   => Adjusted { invoice },
            Sale         => Price { invoice },
        },
        Price { invoice: Invoice } = match price(invoice) {
            Total(total) if total >= REVIEWED_FROM => Review { invoice, total },
            Total(total)    => Book { invoice, total, approval: Approval::NotNeeded },
            TooLarge(fault) => Rejected { number: invoice.number, faults: vec![fault] },
        },
        Review { invoice: Invoice, total: Money } =
            review() >> Book { invoice, total, approval: Approval::Given },
        #[catch(LedgerError::Closed => Deferred { invoice })]
        Book { invoice: Invoice, total: Money, approval: Approval } =
            book(invoice, total) >> Booked { invoice, total, approval },
        Refund { invoice: Invoice } = match price_refund(invoice) {
            Total(total)    => Repay { invoice, total },
            TooLarge(fault) => Rejected { number: invoice.number, faults: vec![fault] },
        },
        #[catch(LedgerError::Closed => Deferred { invoice })]
        Repay { invoice: Invoice, total: Money } = repay(invoice, total) >> Refunded { invoice, total },

        /// A sale that is in the ledger.
        #[exit]
        Booked { invoice: Invoice, total: Money, approval: Approval },
        /// A cancellation that is in the ledger.
        #[exit]
        Refunded { invoice: Invoice, total: Money },
        /// A stock correction, of which the ledger knows nothing.
        #[exit]
        Adjusted { invoice: Invoice },
        /// An invoice that cannot be read, with every reason.
        #[exit]
        Rejected { number: String, faults: Vec<Fault> },
        /// An invoice for which the ledger closed too early.
        #[exit]
        Deferred { invoice: Invoice },
    }
}
