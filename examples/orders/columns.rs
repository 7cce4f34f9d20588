//! Where in a row the cells are that the program needs.

use csv::StringRecord;

use crate::raw::Cells;

/// The columns by name, in the order of [`Columns`]; others may stand between them.
pub const NEEDED: [&str; 5] = ["InvoiceNo", "Quantity", "UnitPrice", "InvoiceDate", "CustomerID"];

#[derive(Debug)]
pub struct Columns {
    number: usize,
    quantity: usize,
    price: usize,
    date: usize,
    customer: usize,
}

impl Columns {
    /// Finds the columns in a header.
    ///
    /// # Errors
    /// The names of all the columns that are not there.
    pub fn find(header: &StringRecord) -> Result<Self, Vec<&'static str>> {
        let found = NEEDED.map(|name| header.iter().position(|cell| cell.trim() == name));
        let [Some(number), Some(quantity), Some(price), Some(date), Some(customer)] = found else {
            return Err(NEEDED
                .into_iter()
                .zip(found)
                .filter(|(_, at)| at.is_none())
                .map(|(name, _)| name)
                .collect());
        };
        Ok(Self { number, quantity, price, date, customer })
    }

    /// The invoice's number, if the row has one.
    pub fn number(&self, row: &StringRecord) -> Option<String> {
        Some(text(row, self.number)).filter(|number| !number.is_empty())
    }

    pub fn cells(&self, row: &StringRecord) -> Cells {
        Cells {
            quantity: text(row, self.quantity),
            price: text(row, self.price),
            date: text(row, self.date),
            customer: text(row, self.customer),
        }
    }
}

fn text(row: &StringRecord, at: usize) -> String {
    row.get(at).unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_in_any_order() {
        let header = StringRecord::from(vec![
            "CustomerID",
            " UnitPrice ",
            "Note",
            "InvoiceDate",
            "Quantity",
            "InvoiceNo",
        ]);
        let row = StringRecord::from(vec!["17.0", "2.55", "?", "today", " 6 ", " 1001 "]);

        let columns = Columns::find(&header).unwrap();
        let cells = columns.cells(&row);

        assert_eq!(columns.number(&row).as_deref(), Some("1001"));
        assert_eq!([cells.quantity, cells.price, cells.date, cells.customer], ["6", "2.55", "today", "17.0"]);
    }

    #[test]
    fn every_column_that_is_missing_is_named() {
        let header = StringRecord::from(vec!["InvoiceNo", "quantity", "InvoiceDate", "CustomerID"]);

        assert_eq!(Columns::find(&header).unwrap_err(), ["Quantity", "UnitPrice"]);
    }

    #[test]
    fn a_blank_number_is_none() {
        let header = StringRecord::from(NEEDED.to_vec());

        assert_eq!(Columns::find(&header).unwrap().number(&StringRecord::from(vec![" ", "6"])), None);
    }
}
