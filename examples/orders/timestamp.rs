//! The moment on an invoice's line: `YYYY-MM-DD HH:MM:SS`, in the shop's own time.

use std::fmt;

const SHAPE: &str = "dddd-dd-dd dd:dd:dd";

/// A civil date and time of day; later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    year: u16,
    month: u16,
    day: u16,
    hour: u16,
    minute: u16,
    second: u16,
}

impl Timestamp {
    /// The moment that the text names, if there was such a moment.
    pub fn parse(text: &str) -> Option<Self> {
        if !has_shape(text) {
            return None;
        }
        let number = |from: usize, to: usize| text[from..to].parse().ok();
        let moment = Self {
            year: number(0, 4)?,
            month: number(5, 7)?,
            day: number(8, 10)?,
            hour: number(11, 13)?,
            minute: number(14, 16)?,
            second: number(17, 19)?,
        };
        moment.is_possible().then_some(moment)
    }

    fn is_possible(&self) -> bool {
        self.year >= 1
            && (1..=days_in(self.year, self.month)).contains(&self.day)
            && self.hour < 24
            && self.minute < 60
            && self.second < 60
    }
}

fn has_shape(text: &str) -> bool {
    let fits = |(byte, shape)| if shape == b'd' { u8::is_ascii_digit(&byte) } else { byte == shape };
    text.len() == SHAPE.len() && text.bytes().zip(SHAPE.bytes()).all(fits)
}

/// How many days a month has; none if there is no such month.
fn days_in(year: u16, month: u16) -> u16 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second } = self;
        write!(f, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_and_shown_alike() {
        for text in
            ["2010-12-01 08:26:00", "2000-02-29 00:00:00", "2012-02-29 23:59:59", "0001-01-01 00:00:00"]
        {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_moment_that_never_was_is_refused() {
        for text in [
            "2011-02-29 08:00:00",
            "1900-02-29 08:00:00",
            "2010-04-31 08:00:00",
            "2010-00-10 08:00:00",
            "2010-13-10 08:00:00",
            "2010-12-00 08:00:00",
            "2010-12-01 24:00:00",
            "2010-12-01 08:60:00",
            "2010-12-01 08:26:60",
            "0000-01-01 00:00:00",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn another_format_is_refused() {
        for text in [
            "",
            "2010-12-01",
            "2010-12-01T08:26:00",
            "2010-12-01 08:26",
            "2010-12-01 8:26:00",
            "2010-12-01 08:26:00Z",
            "12/01/2010 08:26:00",
            "2010-12-01 +8:26:00",
            "2010-12-01 08:26:0é",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn later_is_greater() {
        assert!(Timestamp::parse("2010-12-01 08:26:00") < Timestamp::parse("2010-12-01 08:27:00"));
        assert!(Timestamp::parse("2010-12-31 23:59:59") < Timestamp::parse("2011-01-01 00:00:00"));
    }
}
