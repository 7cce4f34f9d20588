use std::{error::Error, fmt};

use crate::define::counted::Counted;

/// What is wrong with a cron expression. The message quotes the expression.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CronError {
    /// It does not have 5, 6 or 7 fields.
    FieldCount {
        /// The expression.
        expression: String,
        /// How many fields it has.
        found: usize,
    },
    /// A field cannot be read.
    Field {
        /// The expression.
        expression: String,
        /// Which field.
        field: CronField,
        /// The text of the field.
        text: String,
    },
    /// It can be read, but no date matches it.
    NeverFires {
        /// The expression.
        expression: String,
        /// The field that leaves no date.
        field: CronField,
        /// The text of the field.
        text: String,
    },
    /// The time zone is not in the database.
    UnknownZone {
        /// The expression.
        expression: String,
        /// The zone.
        zone: String,
    },
}

/// A field of a cron expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CronField {
    /// 0 to 59; absent if there are 5 fields.
    Second,
    /// 0 to 59.
    Minute,
    /// 0 to 23.
    Hour,
    /// 1 to 31.
    DayOfMonth,
    /// 1 to 12, or names.
    Month,
    /// 1 to 7, where 1 is Sunday, or names; with 5 fields 0 to 7, where 0 and 7 are Sunday.
    DayOfWeek,
    /// 1970 to 2100; the seventh field.
    Year,
}

impl fmt::Display for CronField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::DayOfMonth => "day of month",
            Self::Month => "month",
            Self::DayOfWeek => "day of week",
            Self::Year => "year",
        })
    }
}

impl CronField {
    fn allowed(self, is_crontab: bool) -> &'static str {
        match self {
            Self::Second | Self::Minute => "0 to 59",
            Self::Hour => "0 to 23",
            Self::DayOfMonth => "1 to 31",
            Self::Month => "1 to 12, or names as `Jan`",
            Self::DayOfWeek if is_crontab => "0 to 7, where 0 and 7 are Sunday, or names as `Mon`",
            Self::DayOfWeek => "1 to 7, where 1 is Sunday, or names as `Mon`",
            Self::Year => "1970 to 2100",
        }
    }
}

impl fmt::Display for CronError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FieldCount { expression, found } => write!(
                f,
                "cron expression `{expression}` has {}: write 6 or 7 (second, minute, hour, day of month, \
                 month, day of week, year), or 5 as in a crontab, without second and year",
                Counted(*found as u64, "field"),
            ),
            Self::Field { expression, field, text } => {
                let is_crontab = expression.split_whitespace().count() == 5;
                write!(
                    f,
                    "cron expression `{expression}`: {field} `{text}` cannot be read: write `*`, a value, a list `a,b`, \
                     a range `a-b` or steps `*/n` of {}",
                    field.allowed(is_crontab),
                )
            }
            Self::NeverFires { expression, field, text } => write!(
                f,
                "cron expression `{expression}` never fires: {field} `{text}` leaves no date that exists",
            ),
            Self::UnknownZone { expression, zone } => write!(
                f,
                "cron expression `{expression}`: time zone `{zone}` is not known: write a name of the IANA database, as \
                 `Europe/Berlin`",
            ),
        }
    }
}

impl Error for CronError {}
