//! An invoice as its file has it: text that nobody has read yet.

use crate::fault::{Fault, Place, Reason};
use crate::invoice::{Invoice, Line};
use crate::timestamp::Timestamp;

/// All the lines of one number, in the order of the files.
#[derive(Clone, Debug)]
pub struct RawInvoice {
    pub number: String,
    pub lines: Vec<RawLine>,
}

/// One row. A row of which the cells cannot be told apart keeps the reason in their place.
#[derive(Clone, Debug)]
pub struct RawLine {
    pub place: Place,
    pub cells: Result<Cells, Reason>,
}

/// The cells that the program needs, without white space round them.
#[derive(Clone, Debug)]
pub struct Cells {
    pub quantity: String,
    pub price: String,
    pub date: String,
    pub customer: String,
}

impl RawInvoice {
    /// Reads every line.
    ///
    /// # Errors
    /// All the faults of all the lines: one is enough to reject the invoice.
    pub fn read(&self) -> Result<Invoice, Vec<Fault>> {
        let mut lines = Vec::with_capacity(self.lines.len());
        let mut faults = Vec::new();
        for line in &self.lines {
            match line.read() {
                Ok(line) => lines.push(line),
                Err(reasons) => faults
                    .extend(reasons.into_iter().map(|reason| Fault { place: line.place.clone(), reason })),
            }
        }
        if faults.is_empty() { Ok(Invoice { number: self.number.clone(), lines }) } else { Err(faults) }
    }
}

impl RawLine {
    fn read(&self) -> Result<Line, Vec<Reason>> {
        let cells = self.cells.as_ref().map_err(|reason| vec![reason.clone()])?;
        let Cells { quantity, price, date, customer } = cells;
        let read_quantity = quantity.parse().map_err(|_| Reason::Quantity(quantity.clone()));
        let read_price = price.parse().map_err(|error| Reason::Price(price.clone(), error));
        let read_date = Timestamp::parse(date).ok_or_else(|| Reason::Date(date.clone()));
        match (read_quantity, read_price, read_date) {
            (Ok(quantity), Ok(price), Ok(date)) => Ok(Line {
                place: self.place.clone(),
                quantity,
                price,
                date,
                has_customer: !customer.is_empty(),
            }),
            (quantity, price, date) => {
                Err([quantity.err(), price.err(), date.err()].into_iter().flatten().collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::MoneyError;

    fn line(line: u64, quantity: &str, price: &str, date: &str) -> RawLine {
        let place = Place { file: "shop.csv".into(), line };
        let [quantity, price, date] = [quantity, price, date].map(String::from);
        RawLine { place, cells: Ok(Cells { quantity, price, date, customer: String::new() }) }
    }

    fn faults(lines: Vec<RawLine>) -> Vec<(u64, Reason)> {
        let invoice = RawInvoice { number: "1".into(), lines };
        invoice.read().unwrap_err().into_iter().map(|fault| (fault.place.line, fault.reason)).collect()
    }

    #[test]
    fn readable_lines_make_an_invoice() {
        let lines =
            vec![line(2, "6", "2.55", "2010-12-01 08:26:00"), line(3, "-1", "0", "2010-12-01 08:26:00")];

        let invoice = RawInvoice { number: "C1".into(), lines }.read().unwrap();

        assert_eq!(invoice.number, "C1");
        assert_eq!(invoice.lines.iter().map(|line| line.quantity).collect::<Vec<_>>(), [6, -1]);
    }

    #[test]
    fn every_fault_of_every_line_is_found() {
        let faults = faults(vec![
            line(2, "six", "2.55", "2010-12-01 08:26:00"),
            line(5, "1", "2.55", "2010-12-01 08:26:00"),
            line(9, "1.5", "", "2010-02-30 08:26:00"),
        ]);

        assert_eq!(
            faults,
            [
                (2, Reason::Quantity("six".into())),
                (9, Reason::Quantity("1.5".into())),
                (9, Reason::Price(String::new(), MoneyError::NotDecimal)),
                (9, Reason::Date("2010-02-30 08:26:00".into())),
            ]
        );
    }

    #[test]
    fn a_quantity_beyond_64_bits_is_a_fault() {
        let faults = faults(vec![line(2, "9223372036854775808", "1", "2010-12-01 08:26:00")]);

        assert_eq!(faults, [(2, Reason::Quantity("9223372036854775808".into()))]);
    }

    #[test]
    fn a_row_without_cells_is_a_fault() {
        let place = Place { file: "shop.csv".into(), line: 4 };
        let reason = Reason::CellCount { found: 3, wanted: 8 };

        let faults = faults(vec![RawLine { place, cells: Err(reason.clone()) }]);

        assert_eq!(faults, [(4, reason)]);
    }
}
