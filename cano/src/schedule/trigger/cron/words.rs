//! An expression in words.

use std::fmt::{self, Formatter, Write as _};

use super::fields::Fields;

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: [&str; 13] = [
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const SIXTY: u64 = (1 << 60) - 1;
const HOURS: u32 = (1 << 24) - 1;
const DAYS: u32 = !1;
const ALL_MONTHS: u16 = ((1 << 12) - 1) << 1;
const WEEK: u8 = (1 << 7) - 1;
/// More times of a day than this are not listed.
const LISTED: u32 = 4;

pub(super) fn write(fields: &Fields, f: &mut Formatter<'_>) -> fmt::Result {
    time(fields, f)?;
    date(fields, f)
}

/// Whether the times of a day are listed, as `at 09:00`.
fn is_listed(fields: &Fields) -> bool {
    fields.seconds.count_ones() == 1 && fields.minutes.count_ones() * fields.hours.count_ones() <= LISTED
}

fn time(fields: &Fields, f: &mut Formatter<'_>) -> fmt::Result {
    let Fields { seconds, minutes, hours, .. } = *fields;
    if is_listed(fields) {
        let second = seconds.trailing_zeros();
        let times = values(hours.into()).flat_map(|hour| values(minutes).map(move |minute| (hour, minute)));
        let times = times.map(|(hour, minute)| match second {
            0 => format!("{hour:02}:{minute:02}"),
            _ => format!("{hour:02}:{minute:02}:{second:02}"),
        });
        return write!(f, "at {}", list(times, "and"));
    }
    let is_on = |set| set == 1;
    match (seconds, minutes) {
        (SIXTY, SIXTY) => f.write_str("every second")?,
        (SIXTY, _) => write!(f, "every second of {}", part("minute", "of the hour", minutes, 60))?,
        (seconds, SIXTY) if is_on(seconds) => f.write_str("every minute")?,
        (seconds, minutes) if is_on(seconds) && is_on(minutes) && hours == HOURS => {
            return f.write_str("every hour");
        }
        (seconds, minutes) if is_on(seconds) => f.write_str(&part("minute", "", minutes, 60))?,
        (seconds, SIXTY) => f.write_str(&part("second", "", seconds, 60))?,
        (seconds, minutes) => {
            write!(f, "{} of {}", part("second", "", seconds, 60), part("minute", "", minutes, 60))?;
        }
    }
    match hours {
        HOURS => Ok(()),
        hours => write!(f, " of {}", part("hour", "", hours.into(), 24)),
    }
}

/// Values of one field: `every 15 minutes`, `minute 5`, `minutes 5, 7 and 9 to 12`.
fn part(unit: &str, of: &str, set: u64, end: u32) -> String {
    let of = if of.is_empty() { String::new() } else { format!(" {of}") };
    let first = set.trailing_zeros();
    if set.count_ones() == 1 {
        return format!("{unit} {first}{of}");
    }
    let step = (set & (set - 1)).trailing_zeros() - first;
    let is_regular = first == 0
        && end.is_multiple_of(step)
        && values(set).eq((0..end).step_by(usize::try_from(step).unwrap_or(1)));
    match step {
        _ if !is_regular => {
            format!("{unit}s {}{of}", list(ranges(values(set), |value| value.to_string()), "and"))
        }
        1 => format!("every {unit}"),
        step => format!("every {step} {unit}s"),
    }
}

fn date(fields: &Fields, f: &mut Formatter<'_>) -> fmt::Result {
    let numbers = (fields.days != DAYS).then(|| {
        let plural = if fields.days.count_ones() == 1 { "day" } else { "days" };
        format!(
            "{plural} {} of the month",
            list(ranges(values(fields.days.into()), |day| day.to_string()), "and")
        )
    });
    let weekdays = (fields.weekdays != WEEK).then(|| {
        list(ranges(values(fields.weekdays.into()), |day| WEEKDAYS[day as usize].to_owned()), "and")
    });
    match (numbers, weekdays) {
        (None, None) if is_listed(fields) => f.write_str(" every day")?,
        (None, None) => {}
        (None, Some(weekdays)) => write!(f, " on {weekdays}")?,
        (Some(numbers), None) => write!(f, " on {numbers}")?,
        (Some(numbers), Some(weekdays)) if fields.either_day => write!(f, " on {numbers} or on {weekdays}")?,
        (Some(numbers), Some(weekdays)) => write!(f, " on {weekdays} if it is {numbers}")?,
    }
    if fields.months != ALL_MONTHS {
        let months = ranges(values(fields.months.into()), |month| MONTHS[month as usize].to_owned());
        write!(f, " in {}", list(months, "and"))?;
    }
    match &fields.years {
        Some(years) => {
            write!(f, " of {}", list(ranges(years.iter(), |year| year.to_string()), "and"))
        }
        None => Ok(()),
    }
}

fn values(set: u64) -> impl Iterator<Item = u32> + Clone {
    (0..64).filter(move |value| set >> value & 1 == 1)
}

/// The values, where three or more in a row are a range.
fn ranges(values: impl Iterator<Item = u32>, name: impl Fn(u32) -> String) -> impl Iterator<Item = String> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for value in values {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == value => *last = value,
            _ => runs.push((value, value)),
        }
    }
    runs.into_iter().flat_map(move |(first, last)| match last - first {
        0 => vec![name(first)],
        1 => vec![name(first), name(last)],
        _ => vec![format!("{} to {}", name(first), name(last))],
    })
}

/// `a`, `a and b`, `a, b and c`.
fn list(items: impl Iterator<Item = String>, last: &str) -> String {
    let items: Vec<String> = items.collect();
    let mut text = String::new();
    for (i, item) in items.iter().enumerate() {
        let before = if i == 0 {
            String::new()
        } else if i + 1 == items.len() {
            format!(" {last} ")
        } else {
            ", ".to_owned()
        };
        let _ = write!(text, "{before}{item}");
    }
    text
}
