//! The values that the fields match, as sets of bits, and the next civil time among them.

use std::str::FromStr;

use cron::TimeUnitSpec;
use jiff::civil::{Date, DateTime, Time};

use super::{
    error::CronError,
    syntax::{Dialect, Written},
};

/// The `cron` crate reads the fields; its ordered sets would take ten times the space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) seconds: u64,
    pub(super) minutes: u64,
    pub(super) hours: u64,
    pub(super) days: u64,
    pub(super) months: u64,
    /// From Sunday, which is bit 0.
    pub(super) weekdays: u64,
    /// `None`: every year.
    pub(super) years: Option<Box<[i16]>>,
    /// Whether a day matches by its number or by its weekday; else it has to by both.
    pub(super) either_day: bool,
    /// Whether a field of the time of day is a wildcard.
    pub(super) is_wildcard: bool,
}

/// After so many years the calendar repeats itself.
const CALENDAR_CYCLE: i16 = 400;

impl Fields {
    pub(super) fn read(expression: &str) -> Result<(Self, Dialect), CronError> {
        let written = Written::read(expression)?;
        let Ok(parsed) = cron::Schedule::from_str(&written.fields.join(" ")) else {
            let is_wrong = |index: &usize| cron::Schedule::from_str(&written.alone(*index)).is_err();
            return Err(written.fault(expression, (0..7).find(is_wrong).unwrap_or(0)));
        };
        let (days, weekdays) = (bits(parsed.days_of_month(), 0), bits(parsed.days_of_week(), 1));
        let is_restricted = |index| !written.is_wildcard(index);
        let fields = Self {
            seconds: bits(parsed.seconds(), 0),
            minutes: bits(parsed.minutes(), 0),
            hours: bits(parsed.hours(), 0),
            days,
            months: bits(parsed.months(), 0),
            weekdays,
            years: (!parsed.years().is_all())
                .then(|| parsed.years().iter().filter_map(|year| year.try_into().ok()).collect()),
            either_day: written.dialect == Dialect::Crontab && is_restricted(3) && is_restricted(5),
            is_wildcard: (0..3).any(|index| written.is_wildcard(index))
                || parsed.minutes().is_all()
                || parsed.hours().is_all(),
        };
        let beginning = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        if fields.at_or_after(beginning).is_none() {
            let in_any_year = Self { years: None, ..fields };
            let index = if in_any_year.at_or_after(beginning).is_some() { 6 } else { 3 };
            return Err(written.never(expression, index));
        }
        Ok((fields, written.dialect))
    }

    /// The first civil time, in whole seconds, that matches, `from` included.
    pub(super) fn at_or_after(&self, from: DateTime) -> Option<DateTime> {
        let date = from.date();
        if self.is_year(date.year())
            && self.is_day(date)
            && let Some(time) = self.time_at_or_after(from.time())
        {
            return Some(date.to_datetime(time));
        }
        let first = self.time_at_or_after(Time::midnight())?;
        Some(self.date_after(date)?.to_datetime(first))
    }

    fn time_at_or_after(&self, from: Time) -> Option<Time> {
        let (hour, minute, second) = (from.hour(), from.minute(), from.second());
        let first = |set| at_or_after(set, 0);
        let time = if has(self.hours, hour) && has(self.minutes, minute) {
            at_or_after(self.seconds, second).map(|second| (hour, minute, second))
        } else {
            None
        };
        let time = time.or_else(|| {
            let later = has(self.hours, hour).then(|| at_or_after(self.minutes, minute + 1)).flatten();
            Some((hour, later?, first(self.seconds)?))
        });
        let time = time.or_else(|| {
            Some((at_or_after(self.hours, hour + 1)?, first(self.minutes)?, first(self.seconds)?))
        });
        let (hour, minute, second) = time?;
        Time::new(hour, minute, second, 0).ok()
    }

    fn date_after(&self, date: Date) -> Option<Date> {
        let last_year = date.year().saturating_add(CALENDAR_CYCLE);
        let mut date = date.tomorrow().ok()?;
        while date.year() <= last_year {
            if self.is_year(date.year()) && has(self.months, date.month()) {
                let in_month = date.day()..=date.days_in_month();
                let found = in_month.filter_map(|day| Date::new(date.year(), date.month(), day).ok());
                if let Some(found) = found.into_iter().find(|date| self.is_day(*date)) {
                    return Some(found);
                }
            }
            date = date.last_of_month().tomorrow().ok()?;
        }
        None
    }

    fn is_year(&self, year: i16) -> bool {
        self.years.as_ref().is_none_or(|years| years.contains(&year))
    }

    fn is_day(&self, date: Date) -> bool {
        let by_number = has(self.days, date.day());
        let by_weekday = has(self.weekdays, date.weekday().to_sunday_zero_offset());
        let is_day = if self.either_day { by_number || by_weekday } else { by_number && by_weekday };
        is_day && has(self.months, date.month())
    }
}

fn bits(values: &impl TimeUnitSpec, first: u32) -> u64 {
    values.iter().fold(0, |set, value| set | 1 << (value - first))
}

fn has(set: u64, value: i8) -> bool {
    set >> value & 1 == 1
}

fn at_or_after(set: u64, value: i8) -> Option<i8> {
    let later = set.checked_shr(u32::try_from(value).ok()?)?;
    (later != 0).then(|| value + later.trailing_zeros() as i8)
}
