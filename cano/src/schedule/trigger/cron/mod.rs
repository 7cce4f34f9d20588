//! Cron expressions: the `cron` crate reads the fields, the mapping from civil time to a zone is ours, on `jiff`.

mod error;
mod fields;
mod syntax;
mod words;
mod years;
mod zone;

use std::{fmt, str::FromStr};

use jiff::{Timestamp, tz::TimeZone};

pub use self::error::{CronError, CronField};
use self::{fields::Fields, syntax::Dialect};
use super::Trigger;

/// A cron expression in a time zone.
///
/// Six or seven fields are read in the dialect of the `cron` crate: second, minute, hour, day of month, month, day of
/// week (1 is Sunday), and optionally year. A day has to match by its number **and** its weekday.
///
/// Five fields are read as in crontab(5), without second and year; 0 and 7 are Sunday. If day of month and day of week
/// are both restricted (neither begins with `*`), a day matches by the one **or** the other.
///
/// When clocks change, an expression whose second, minute or hour is a wildcard (begins with `*`) follows the clock: it
/// fires whenever the clock shows a matching time. Any other expression fires exactly once for each matching time: in a
/// repeated hour at the first occurrence, for a skipped hour at the first instant after it.
///
/// `{}` describes it in words, with the zone; `{:#}` also quotes the expression.
///
/// ```
/// use cano::schedule::{Cron, Timestamp, Trigger};
///
/// let daily = Cron::new("0 30 2 * * *")?.in_zone("Europe/Berlin")?;
/// assert_eq!(daily.to_string(), "at 02:30 every day, Europe/Berlin");
/// // In the night in which the clocks go from 2:00 to 3:00, it fires at 3:00.
/// let after: Timestamp = "2026-03-28T12:00:00Z".parse()?;
/// assert_eq!(daily.next(after, after), Some("2026-03-29T03:00:00+02:00".parse()?));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Cron {
    expression: Box<str>,
    fields: Fields,
    zone: TimeZone,
}

impl Cron {
    /// The expression, in UTC.
    ///
    /// # Errors
    ///
    /// [`CronError`], which names the field that cannot be read, or that leaves no date at all.
    pub fn new(expression: &str) -> Result<Self, CronError> {
        let fields = Fields::read(expression)?;
        Ok(Self { expression: expression.into(), fields, zone: TimeZone::UTC })
    }

    /// The same in a zone of the IANA database, such as `Europe/Berlin`.
    ///
    /// The zone is looked up in the system's database, or, if there is none, in one that is built in.
    ///
    /// # Errors
    ///
    /// [`CronError::UnknownZone`].
    pub fn in_zone(self, name: &str) -> Result<Self, CronError> {
        match TimeZone::get(name) {
            Ok(zone) => Ok(self.with_zone(zone)),
            Err(_) => {
                Err(CronError::UnknownZone { expression: self.expression.into(), zone: name.to_owned() })
            }
        }
    }

    /// The same in `zone`.
    #[must_use]
    pub fn with_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    /// The expression, as it was written.
    #[must_use]
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// The zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }
}

impl FromStr for Cron {
    type Err = CronError;

    fn from_str(expression: &str) -> Result<Self, CronError> {
        Self::new(expression)
    }
}

impl Trigger for Cron {
    fn next(&self, after: Timestamp, _start: Timestamp) -> Option<Timestamp> {
        if self.fields.is_wildcard {
            zone::next_shown(&self.fields, &self.zone, after)
        } else {
            zone::next_once(&self.fields, &self.zone, after)
        }
    }
}

impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        words::write(&self.fields, f)?;
        match self.zone.iana_name() {
            Some(name) => write!(f, ", {name}")?,
            None => write!(f, ", {:?}", self.zone)?,
        }
        match (self.fields.dialect, f.alternate()) {
            (Dialect::SecondsFirst, false) => Ok(()),
            (Dialect::SecondsFirst, true) => write!(f, " (cron `{}`, seconds first)", self.expression),
            (Dialect::Crontab, false) => f.write_str(" (crontab)"),
            (Dialect::Crontab, true) => write!(f, " (crontab `{}`)", self.expression),
        }
    }
}

impl fmt::Debug for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cron").field("expression", &self.expression).field("zone", &self.zone).finish()
    }
}
