//! An invoice that can be read, and the shop's rules about it.

use crate::fault::{Fault, Place, Reason};
use crate::money::Money;
use crate::timestamp::Timestamp;

/// From this sum on an invoice is reviewed before it is booked.
pub const REVIEWED_FROM: Money = Money::pounds(1000);

#[derive(Clone, Debug)]
pub struct Invoice {
    pub number: String,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub place: Place,
    pub quantity: i64,
    pub price: Money,
    pub date: Timestamp,
    pub has_customer: bool,
}

impl Invoice {
    /// A cancellation gives money back.
    pub fn is_cancellation(&self) -> bool {
        self.number.starts_with('C')
    }

    /// An invoice without a single sale only puts the stock right.
    pub fn is_correction(&self) -> bool {
        !self.lines.iter().any(Line::is_sale)
    }

    /// A guest bought without a customer's account.
    pub fn is_guest(&self) -> bool {
        !self.lines.iter().any(|line| line.has_customer)
    }

    /// What the lines that sell something come to.
    ///
    /// # Errors
    /// [`Reason::TooLarge`], at the line at which the sum goes beyond the limit.
    pub fn sales(&self) -> Result<Money, Fault> {
        sum(self.lines.iter().filter(|line| line.is_sale()))
    }

    /// What all the lines give back, whatever the sign of their quantity.
    ///
    /// # Errors
    /// As [`Invoice::sales`].
    pub fn refund(&self) -> Result<Money, Fault> {
        sum(self.lines.iter())
    }
}

impl Line {
    fn is_sale(&self) -> bool {
        self.quantity > 0 && self.price.is_positive()
    }
}

/// The sum of |quantity| × price.
fn sum<'a>(mut lines: impl Iterator<Item = &'a Line>) -> Result<Money, Fault> {
    lines.try_fold(Money::default(), |sum, line| {
        let amount = line.price.times(line.quantity.unsigned_abs());
        amount
            .and_then(|amount| sum.plus(amount))
            .ok_or_else(|| Fault { place: line.place.clone(), reason: Reason::TooLarge })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invoice(number: &str, lines: &[(i64, &str, bool)]) -> Invoice {
        let lines = lines.iter().zip(2..).map(|(&(quantity, price, has_customer), line)| Line {
            place: Place { file: "shop.csv".into(), line },
            quantity,
            price: price.parse().unwrap(),
            date: Timestamp::parse("2010-12-01 08:26:00").unwrap(),
            has_customer,
        });
        Invoice { number: number.into(), lines: lines.collect() }
    }

    #[test]
    fn only_lines_that_sell_something_count() {
        let invoice = invoice(
            "1",
            &[(2, "1.25", true), (-1, "5", true), (4, "0", true), (4, "-3", true), (3, "0.10", true)],
        );

        assert!(!invoice.is_correction());
        assert_eq!(invoice.sales(), Ok("2.80".parse().unwrap()));
    }

    #[test]
    fn an_invoice_without_a_sale_is_a_correction() {
        assert!(
            invoice("1", &[(-5, "1", false), (7, "0", false), (1, "-11062.06", false), (0, "2", false)])
                .is_correction()
        );
    }

    #[test]
    fn a_cancellation_starts_with_a_capital_c_and_gives_back_every_line() {
        let invoice = invoice("C1", &[(-2, "1.25", true), (1, "1", true), (-3, "0", true)]);

        assert!(invoice.is_cancellation());
        assert_eq!(invoice.refund(), Ok("3.50".parse().unwrap()));
    }

    #[test]
    fn one_line_with_a_customer_is_enough_not_to_be_a_guest() {
        assert!(invoice("1", &[(1, "1", false), (1, "1", false)]).is_guest());
        assert!(!invoice("1", &[(1, "1", false), (1, "1", true)]).is_guest());
    }

    #[test]
    fn a_sum_beyond_the_limit_names_the_line() {
        let invoice = invoice("C1", &[(1, "1", true), (i64::MIN, "999999999999999", true)]);

        let fault = invoice.refund().unwrap_err();

        assert_eq!((fault.place.line, fault.reason), (3, Reason::TooLarge));
    }
}
