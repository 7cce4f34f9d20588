//! The fields of an expression, and what crontab means by its days of week.

use super::{fault::Why, values::number};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Second,
    Minute,
    Hour,
    Day,
    Month,
    Weekday,
    Year,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

impl Field {
    pub(super) const ALL: [Self; 7] =
        [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Month, Self::Weekday, Self::Year];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day of month",
            Self::Month => "month",
            Self::Weekday => "day of week",
            Self::Year => "year",
        }
    }

    /// The least and the greatest value.
    pub(super) fn bounds(self) -> (u32, u32) {
        match self {
            Self::Second | Self::Minute => (0, 59),
            Self::Hour => (0, 23),
            Self::Day => (1, 31),
            Self::Month => (1, 12),
            Self::Weekday => (1, 7),
            Self::Year => (1970, 2100),
        }
    }

    pub(super) fn all(self) -> Vec<u32> {
        let (least, most) = self.bounds();
        (least..=most).collect()
    }

    pub(super) fn has(self, value: u32) -> bool {
        let (least, most) = self.bounds();
        (least..=most).contains(&value)
    }

    /// Whether `?` stands for any value.
    pub(super) fn may_be_any(self) -> bool {
        matches!(self, Self::Day | Self::Weekday)
    }

    /// The value of a name: in full, or the first three letters; `tues` and `thurs` are known, too.
    pub(super) fn named(self, name: &str) -> Option<u32> {
        let name = name.to_ascii_lowercase();
        let is_it = |full: &&str| name == **full || name == full[..3];
        match (self, name.as_str()) {
            (Self::Month, _) => MONTHS.iter().zip(1..).find(|(full, _)| is_it(full)),
            (Self::Weekday, "tues") => return Some(3),
            (Self::Weekday, "thurs") => return Some(5),
            (Self::Weekday, _) => WEEKDAYS.iter().zip(1..).find(|(full, _)| is_it(full)),
            _ => None,
        }
        .map(|(_, value)| value)
    }

    /// Its values, in words.
    pub(super) fn allowed(self, is_crontab: bool) -> &'static str {
        match self {
            Self::Second | Self::Minute => "0 to 59",
            Self::Hour => "0 to 23",
            Self::Day => "1 to 31",
            Self::Month => "1 to 12, or names as `Jan`",
            Self::Weekday if is_crontab => "0 to 7, where 0 and 7 are Sunday, or names as `Mon`",
            Self::Weekday => "1 to 7, where 1 is Sunday, or names as `Mon`",
            Self::Year => "1970 to 2100",
        }
    }
}

/// A day of week of a crontab, where 0 and 7 are Sunday, in the other dialect, where 1 is. Names stay.
pub(super) fn crontab_weekdays(text: &str) -> Result<String, Why> {
    let items: Result<Vec<_>, _> = text.split(',').map(crontab_weekday).collect();
    Ok(items?.join(","))
}

fn crontab_weekday(item: &str) -> Result<String, Why> {
    let (days, step) = item.split_once('/').map_or((item, None), |(days, step)| (days, Some(step)));
    if !days.starts_with(|c: char| c.is_ascii_digit()) {
        return Ok(item.to_owned());
    }
    let read = |text: &str| number(text).ok_or_else(|| Why::Unreadable(item.to_owned()));
    let (first, last) = match days.split_once('-') {
        Some((first, last)) => (read(first)?, read(last)?),
        // `n` alone is one day, `n/s` goes on to the end of the week.
        None => {
            let day = read(days)?;
            (day, if step.is_some() { day.max(6) } else { day })
        }
    };
    let step = step.unwrap_or("1");
    let by = read(step)?;
    match () {
        () if first.max(last) > 7 => Err(Why::OutOfRange(first.max(last).to_string())),
        () if first > last => Err(Why::Backwards(days.to_owned())),
        () if !(1..=7).contains(&by) => Err(Why::Step { step: step.to_owned(), most: 7 }),
        () => {
            let days = (first..=last).step_by(by as usize).map(|day| (day % 7 + 1).to_string());
            Ok(days.collect::<Vec<_>>().join(","))
        }
    }
}
