//! From files to raw invoices.
//!
//! All files are read before the first run begins, so that a file that cannot be read leaves no work half done. An
//! invoice consists of all the rows with its number, in any place of any file. Invoices are in the order in which their
//! numbers first appear.

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fmt, fs, io};

use crate::columns::{Columns, NEEDED};
use crate::fault::{Place, Reason};
use crate::raw::{RawInvoice, RawLine};
use crate::rows::{Row, Rows};

/// Read when no file is named; it holds every case.
const SAMPLE: &str = include_str!("sample.csv");

/// The invoices of the files, or of the sample if there are none.
///
/// # Errors
/// The first file that cannot be read as an export. What is wrong with a row is kept with its invoice instead.
pub fn read(files: &[PathBuf]) -> Result<Vec<RawInvoice>, InputError> {
    let mut invoices = Invoices::default();
    for file in files {
        invoices.add_file(file).map_err(|cause| InputError { file: file.clone(), cause })?;
    }
    if files.is_empty() {
        let file = PathBuf::from("sample.csv");
        invoices.add_text(&file, SAMPLE).map_err(|cause| InputError { file, cause })?;
    }
    Ok(invoices.in_order)
}

#[derive(Default)]
struct Invoices {
    in_order: Vec<RawInvoice>,
    by_number: HashMap<String, usize>,
}

impl Invoices {
    fn add_file(&mut self, file: &Path) -> Result<(), Cause> {
        let bytes = fs::read(file).map_err(Cause::Unreadable)?;
        let text = str::from_utf8(&bytes).map_err(|error| Cause::not_utf8(&bytes[..error.valid_up_to()]))?;
        self.add_text(file, text)
    }

    fn add_text(&mut self, file: &Path, text: &str) -> Result<(), Cause> {
        // Some spreadsheets put a byte order mark in front, which is no part of the first column's name.
        let rows = Rows::new(text.strip_prefix('\u{feff}').unwrap_or(text)).ok_or(Cause::Empty)?;
        let columns = Columns::find(rows.header()).map_err(Cause::MissingColumns)?;
        let name: Arc<str> = file.display().to_string().into();
        for row in rows {
            let place = Place { file: Arc::clone(&name), line: row.line };
            self.add_row(&columns, place, row);
        }
        Ok(())
    }

    fn add_row(&mut self, columns: &Columns, place: Place, Row { cells, flaw, .. }: Row) {
        let Some(number) = columns.number(&cells) else {
            // Rows that nobody can match are not one invoice: each is rejected by itself.
            let number = format!("(no number), line {}", place.line);
            let cells = Err(flaw.unwrap_or(Reason::NoNumber));
            self.in_order.push(RawInvoice { number, lines: vec![RawLine { place, cells }] });
            return;
        };
        let line = RawLine { place, cells: flaw.map_or_else(|| Ok(columns.cells(&cells)), Err) };
        let at = *self.by_number.entry(number).or_insert_with_key(|number| {
            self.in_order.push(RawInvoice { number: number.clone(), lines: Vec::new() });
            self.in_order.len() - 1
        });
        self.in_order[at].lines.push(line);
    }
}

/// A file that is not an export.
#[derive(Debug)]
pub struct InputError {
    pub file: PathBuf,
    pub cause: Cause,
}

#[derive(Debug)]
pub enum Cause {
    Unreadable(io::Error),
    NotUtf8 { line: usize },
    Empty,
    MissingColumns(Vec<&'static str>),
}

impl Cause {
    fn not_utf8(before: &[u8]) -> Self {
        Self::NotUtf8 { line: before.iter().filter(|&&byte| byte == b'\n').count() + 1 }
    }
}

impl Error for InputError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.cause {
            Cause::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        match &self.cause {
            Cause::Unreadable(_) => write!(f, "cannot read `{file}`"),
            Cause::NotUtf8 { line } => write!(f, "`{file}` is not UTF-8 on line {line}; save it as UTF-8"),
            Cause::Empty => write!(f, "`{file}` is empty; it needs a header with {}", list(&NEEDED)),
            Cause::MissingColumns(names) => {
                write!(f, "`{file}` lacks {} in its header; it needs {}", list(names), list(&NEEDED))
            }
        }
    }
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "InvoiceNo,Quantity,UnitPrice,InvoiceDate,CustomerID\n";

    fn add(invoices: &mut Invoices, file: &str, text: &str) {
        invoices.add_text(Path::new(file), text).unwrap();
    }

    fn numbers(invoices: &Invoices) -> Vec<(&str, Vec<u64>)> {
        let lines = |invoice: &RawInvoice| invoice.lines.iter().map(|line| line.place.line).collect();
        invoices.in_order.iter().map(|invoice| (&*invoice.number, lines(invoice))).collect()
    }

    fn failure(text: &str) -> String {
        let cause = Invoices::default().add_text(Path::new("shop.csv"), text).unwrap_err();
        InputError { file: "shop.csv".into(), cause }.to_string()
    }

    #[test]
    fn lines_of_one_number_come_together_in_order_of_appearance() {
        let mut invoices = Invoices::default();

        add(&mut invoices, "a.csv", &format!("{HEADER}2,1,1,d,\n1,1,1,d,\n2,1,1,d,\n"));
        add(&mut invoices, "b.csv", &format!("{HEADER}3,1,1,d,\n1,1,1,d,\n"));

        assert_eq!(numbers(&invoices), [("2", vec![2, 4]), ("1", vec![3, 3]), ("3", vec![2])]);
        assert_eq!(&*invoices.in_order[1].lines[1].place.file, "b.csv");
    }

    #[test]
    fn a_row_without_a_number_is_an_invoice_of_its_own() {
        let mut invoices = Invoices::default();

        add(&mut invoices, "a.csv", &format!("{HEADER},1,1,d,\n1,1,1,d,\n ,1,1,d,\n"));

        assert_eq!(
            numbers(&invoices),
            [("(no number), line 2", vec![2]), ("1", vec![3]), ("(no number), line 4", vec![4])]
        );
        assert_eq!(invoices.in_order[0].lines[0].cells.as_ref().unwrap_err(), &Reason::NoNumber);
    }

    #[test]
    fn a_bad_row_belongs_to_its_invoice() {
        let mut invoices = Invoices::default();

        add(&mut invoices, "a.csv", &format!("{HEADER}1,1,1,d,\n1,1\n2,1,1,d,\n"));

        assert_eq!(numbers(&invoices), [("1", vec![2, 3]), ("2", vec![4])]);
        let reason = Reason::CellCount { found: 2, wanted: 5 };
        assert_eq!(invoices.in_order[0].lines[1].cells.as_ref().unwrap_err(), &reason);
    }

    #[test]
    fn a_byte_order_mark_and_windows_lines_are_understood() {
        let mut invoices = Invoices::default();

        add(&mut invoices, "a.csv", &format!("\u{feff}{HEADER}1,1,1,d,\n").replace('\n', "\r\n"));

        assert_eq!(numbers(&invoices), [("1", vec![2])]);
    }

    #[test]
    fn an_empty_text_is_refused() {
        assert!(failure("").starts_with("`shop.csv` is empty; it needs a header with `InvoiceNo`"));
        assert!(failure("\u{feff}\n").starts_with("`shop.csv` is empty"));
    }

    #[test]
    fn a_missing_column_is_named() {
        let error = failure("InvoiceNo,Quantity,InvoiceDate,CustomerID\n");

        assert!(error.starts_with("`shop.csv` lacks `UnitPrice` in its header"), "{error}");
    }

    #[test]
    fn a_missing_file_is_named_and_its_cause_kept() {
        let error = read(&["no/such.csv".into()]).unwrap_err();

        assert_eq!(error.to_string(), "cannot read `no/such.csv`");
        assert!(error.source().is_some());
    }

    #[test]
    fn the_line_that_is_not_utf8_is_named() {
        assert!(matches!(Cause::not_utf8(b"header\none\nGR"), Cause::NotUtf8 { line: 3 }));
    }
}
