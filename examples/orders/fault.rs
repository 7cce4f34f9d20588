//! What is wrong with an invoice, and where.

use std::fmt;
use std::sync::Arc;

use crate::money::{Money, MoneyError};

/// A line of a file, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub file: Arc<str>,
    pub line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// One reason to reject an invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    pub reason: Reason,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.reason)
    }
}

/// Each holds the text that was found, so that it can be looked for in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    OpenQuote,
    CellCount { found: usize, wanted: usize },
    NoNumber,
    Quantity(String),
    Price(String, MoneyError),
    Date(String),
    TooLarge,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OpenQuote => f.write_str("a quotation mark is opened and not closed"),
            Self::CellCount { found, wanted } => write!(f, "the row has {found} cells, the header {wanted}"),
            Self::NoNumber => f.write_str("the invoice number is missing"),
            Self::Quantity(text) => write!(f, "quantity {text:?} is not a whole number like 6 or -1"),
            Self::Price(text, error) => write!(f, "price {text:?} {error}"),
            Self::Date(text) => write!(f, "date {text:?} is not a moment like 2010-12-01 08:26:00"),
            Self::TooLarge => write!(f, "the sum of the invoice goes beyond {}", Money::LIMIT),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_says_where_and_quotes_the_text() {
        let place = Place { file: "shop.csv".into(), line: 17 };
        let fault = Fault { place, reason: Reason::Price("2,55".into(), MoneyError::NotDecimal) };

        assert_eq!(fault.to_string(), r#"shop.csv:17: price "2,55" is not a decimal number like 2.55"#);
    }
}
