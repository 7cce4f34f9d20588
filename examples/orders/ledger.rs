//! The store that all the runs share: a ledger that is sometimes busy.
//!
//! Which bookings meet a busy ledger, and how often, depends only on the invoice's number. So the same input causes the
//! same refusals on every machine, however many runs are under way.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::money::Money;

/// How often a booking is refused, at most, before it is accepted.
const MAX_REFUSALS: u32 = 2;

#[derive(Debug, Default)]
pub struct Ledger {
    books: Mutex<Books>,
}

#[derive(Debug, Default)]
struct Books {
    entries: HashMap<String, Money>,
    refusals: HashMap<String, u32>,
    is_closed: bool,
}

impl Ledger {
    /// Enters an invoice's amount, negative for a refund. An invoice is entered once, however often it is sent.
    ///
    /// # Errors
    /// [`LedgerError::Busy`] for the first tries of some invoices, [`LedgerError::Closed`] after [`Ledger::close`].
    pub fn book(&self, number: &str, amount: Money) -> Result<(), LedgerError> {
        let mut books = self.books();
        if books.entries.contains_key(number) {
            return Ok(());
        }
        if books.is_closed {
            return Err(LedgerError::Closed);
        }
        let refusals = books.refusals.entry(number.to_owned()).or_default();
        if *refusals < refusals_of(number) {
            *refusals += 1;
            return Err(LedgerError::Busy);
        }
        books.entries.insert(number.to_owned(), amount);
        Ok(())
    }

    /// What was entered, refunds taken off.
    pub fn balance(&self) -> Money {
        self.books().entries.values().copied().sum()
    }

    /// How many invoices were entered.
    pub fn entries(&self) -> usize {
        self.books().entries.len()
    }

    /// How many bookings met a busy ledger.
    pub fn refusals(&self) -> u64 {
        self.books().refusals.values().copied().map(u64::from).sum()
    }

    /// Takes nothing any more.
    #[cfg(test)]
    pub fn close(&self) {
        self.books().is_closed = true;
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        // No code panics while it holds the books, and each change of them is a single insertion.
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// 0, 1 or 2, by the number's FNV-1a hash.
fn refusals_of(number: &str) -> u32 {
    let hash =
        number.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash % (MAX_REFUSALS + 1)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerError {
    Busy,
    Closed,
}

impl Error for LedgerError {}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Busy => "the ledger is busy; try again",
            Self::Closed => "the ledger is closed; book the invoice when it opens again",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Books until it is taken, and says how often it was refused.
    fn refused(ledger: &Ledger, number: &str) -> u32 {
        (0..).find(|_| ledger.book(number, Money::pounds(1)).is_ok()).unwrap()
    }

    #[test]
    fn some_bookings_are_refused_once_or_twice_and_always_the_same() {
        let (first, second) = (Ledger::default(), Ledger::default());
        let numbers: Vec<_> = (536_365..536_465).map(|number: u32| number.to_string()).collect();

        let refusals: Vec<_> = numbers.iter().map(|number| refused(&first, number)).collect();
        let backwards: Vec<_> = numbers.iter().rev().map(|number| refused(&second, number)).collect();

        assert!(refusals.iter().eq(backwards.iter().rev()));
        assert!((0..=MAX_REFUSALS).all(|times| refusals.contains(&times)));
        assert!(refusals.iter().all(|&times| times <= MAX_REFUSALS));
        assert_eq!(first.refusals(), refusals.iter().copied().map(u64::from).sum::<u64>());
    }

    #[test]
    fn an_invoice_is_entered_once() {
        let ledger = Ledger::default();

        refused(&ledger, "1");
        refused(&ledger, "1");

        assert_eq!((ledger.entries(), ledger.balance()), (1, Money::pounds(1)));
    }

    #[test]
    fn a_closed_ledger_takes_nothing_new_and_knows_what_it_has() {
        let ledger = Ledger::default();
        refused(&ledger, "1");

        ledger.close();

        assert_eq!(ledger.book("1", Money::pounds(1)), Ok(()));
        assert_eq!(ledger.book("2", Money::pounds(1)), Err(LedgerError::Closed));
        assert_eq!(ledger.entries(), 1);
    }
}
