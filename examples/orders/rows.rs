//! The rows of a CSV text, with the line on which each starts.
//!
//! One bad row must not take others with it. A quotation mark that is never closed does just that: to the grammar of
//! CSV the rows below belong to its cell. So a row that goes over several lines is believed only if it has as many
//! cells as the header and each of its quoted cells ends at a comma. If not, its first line is the bad row, and reading
//! goes on at the line below.

use std::iter::Peekable;
use std::str::Chars;

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::fault::Reason;

const LINE_ENDS: [char; 2] = ['\r', '\n'];

pub struct Row {
    /// Counted from 1; the header is a line too.
    pub line: u64,
    pub cells: StringRecord,
    /// What makes the cells unfit to be read by column.
    pub flaw: Option<Reason>,
}

pub struct Rows<'a> {
    header: StringRecord,
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Where in the text the reader began.
    base: usize,
    /// Where the row that comes next begins, and on which line.
    at: usize,
    line: u64,
}

impl<'a> Rows<'a> {
    /// The rows below the header; `None` if there is not even a header.
    pub fn new(text: &'a str) -> Option<Self> {
        let header = StringRecord::new();
        let mut rows = Self { header, text, reader: reader(text), base: 0, at: 0, line: 1 };
        rows.header = rows.read()?;
        rows.advance(rows.end());
        Some(rows)
    }

    pub fn header(&self) -> &StringRecord {
        &self.header
    }

    /// The next row's cells, as the grammar sees them. Where it begins is known before, where it ended is known after.
    fn read(&mut self) -> Option<StringRecord> {
        let rest = &self.text[self.at..];
        self.advance(self.text.len() - rest.trim_start_matches(LINE_ENDS).len());
        let mut cells = StringRecord::new();
        // The text is in memory, is UTF-8 and may have rows of any width: nothing is left that could fail.
        self.reader.read_record(&mut cells).unwrap_or(false).then_some(cells)
    }

    /// Where the row that was read last ended.
    fn end(&self) -> usize {
        self.base + self.reader.position().byte() as usize
    }

    fn advance(&mut self, to: usize) {
        self.line += self.text[self.at..to].matches('\n').count() as u64;
        self.at = to;
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let cells = self.read()?;
        let line = self.line;
        let end = self.end();
        let source = self.text[self.at..end].trim_end_matches(LINE_ENDS);
        let has_width = cells.len() == self.header.len();

        let first = source.split('\n').next().unwrap_or(source);
        if first.len() < source.len() && !(has_width && is_well_quoted(source)) {
            self.advance(self.at + first.len());
            self.base = self.at;
            self.reader = reader(&self.text[self.at..]);
            return Some(Row { line, cells: only_row(first), flaw: Some(Reason::OpenQuote) });
        }
        self.advance(end);
        let width = Reason::CellCount { found: cells.len(), wanted: self.header.len() };
        Some(Row { line, cells, flaw: (!has_width).then_some(width) })
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes())
}

fn only_row(text: &str) -> StringRecord {
    let mut cells = StringRecord::new();
    reader(text).read_record(&mut cells).map(|_| cells).unwrap_or_default()
}

/// Whether every cell that starts with a quotation mark ends with one.
fn is_well_quoted(row: &str) -> bool {
    let mut chars = row.chars().peekable();
    loop {
        if chars.next_if_eq(&'"').is_none() {
            if !chars.any(|char| char == ',') {
                return true;
            }
        } else if !skip_quoted(&mut chars) {
            return false;
        } else {
            match chars.next() {
                Some(',') => {}
                other => return other.is_none(),
            }
        }
    }
}

/// Goes past the mark that closes a cell, if there is one. A doubled mark stands for one within the cell.
fn skip_quoted(chars: &mut Peekable<Chars<'_>>) -> bool {
    while chars.any(|char| char == '"') {
        if chars.next_if_eq(&'"').is_none() {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<String>, Option<Reason>)> {
        let rows = Rows::new(text).unwrap();
        rows.map(|row| (row.line, row.cells.iter().map(String::from).collect(), row.flaw)).collect()
    }

    fn lines(text: &str) -> Vec<(u64, bool)> {
        read(text).into_iter().map(|(line, _, flaw)| (line, flaw.is_none())).collect()
    }

    #[test]
    fn rows_are_numbered_as_an_editor_numbers_lines() {
        for text in ["a,b\n1,2\n\n\n3,4\n5,6", "a,b\r\n1,2\r\n\r\n\r\n3,4\r\n5,6\r\n"] {
            assert_eq!(lines(text), [(2, true), (5, true), (6, true)], "{text:?}");
        }
    }

    #[test]
    fn quotes_may_hold_commas_quotes_and_lines() {
        let rows = read("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\n5\" plate,6\n");

        assert_eq!(rows[0], (2, vec!["x, y".into(), "say \"hi\"".into()], None));
        assert_eq!(rows[1], (3, vec!["two\nlines".into(), String::new()], None));
        assert_eq!(rows[2], (5, vec!["5\" plate".into(), "6".into()], None));
    }

    #[test]
    fn a_row_of_another_width_has_a_flaw_and_keeps_its_cells() {
        let rows = read("a,b\n1\n1,2,3\n4,5\n");

        assert_eq!(rows[0], (2, vec!["1".into()], Some(Reason::CellCount { found: 1, wanted: 2 })));
        assert_eq!(rows[1].2, Some(Reason::CellCount { found: 3, wanted: 2 }));
        assert_eq!(rows[2].2, None);
    }

    #[test]
    fn an_open_quote_costs_its_own_row_only() {
        let rows = read("a,b,c\n1,\"open,3\n4,5,6\n7,8,9\n");

        assert_eq!(rows[0], (2, vec!["1".into(), "open,3".into()], Some(Reason::OpenQuote)));
        assert_eq!(rows[1..].iter().map(|row| row.0).collect::<Vec<_>>(), [3, 4]);
        assert!(rows[1..].iter().all(|row| row.2.is_none()));
    }

    #[test]
    fn two_open_quotes_do_not_hide_what_is_between_them() {
        // To the grammar this is one row of three cells: 1, `open,3⏎4,5,6⏎7,open`, 9.
        let text = "a,b,c\r\n1,\"open,3\r\n4,5,6\r\n7,\"open,9\r\n10,11,12\r\n";

        assert_eq!(lines(text), [(2, false), (3, true), (4, false), (5, true)]);
    }

    #[test]
    fn an_open_quote_on_the_last_line_is_a_flaw() {
        assert_eq!(lines("a,b\n1,2\n\"3,4"), [(2, true), (3, false)]);
    }

    #[test]
    fn a_text_without_rows_has_no_header() {
        assert!(Rows::new("").is_none());
        assert!(Rows::new("\r\n\n").is_none());
        assert!(read("a,b\n").is_empty());
    }
}
