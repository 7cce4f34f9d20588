//! The values that the fields match, as sets of bits, and the next civil time among them.

use std::str::FromStr;

use cron::TimeUnitSpec;
use jiff::civil::{Date, DateTime, Time};

use super::{
    error::CronError,
    syntax::{Dialect, Written},
    years::Years,
};

/// The `cron` crate reads the fields; its ordered sets would take more than ten times the space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) seconds: u64,
    pub(super) minutes: u64,
    pub(super) hours: u32,
    pub(super) days: u32,
    pub(super) months: u16,
    /// From Sunday, which is bit 0.
    pub(super) weekdays: u8,
    pub(super) dialect: Dialect,
    /// Whether a day matches by its number or by its weekday; else it has to by both.
    pub(super) either_day: bool,
    /// Whether a field of the time of day is a wildcard.
    pub(super) is_wildcard: bool,
    /// `None`: every year. Boxed, because few expressions name one.
    pub(super) years: Option<Box<Years>>,
}

/// After so many years the calendar repeats itself.
const CALENDAR_CYCLE: i16 = 400;
/// All weekdays.
const WEEK: u64 = (1 << 7) - 1;

impl Fields {
    pub(super) fn read(expression: &str) -> Result<Self, CronError> {
        let written = Written::read(expression)?;
        let Ok(parsed) = cron::Schedule::from_str(&written.fields.join(" ")) else {
            let is_wrong = |index: &usize| cron::Schedule::from_str(&written.alone(*index)).is_err();
            return Err(written.fault(expression, (0..7).find(is_wrong).unwrap_or(0)));
        };
        let is_restricted = |index| !written.is_wildcard(index);
        let fields = Self {
            seconds: bits(parsed.seconds(), 0),
            minutes: bits(parsed.minutes(), 0),
            hours: bits(parsed.hours(), 0) as u32,
            days: bits(parsed.days_of_month(), 0) as u32,
            months: bits(parsed.months(), 0) as u16,
            weekdays: bits(parsed.days_of_week(), 1) as u8,
            dialect: written.dialect,
            either_day: written.dialect == Dialect::Crontab && is_restricted(3) && is_restricted(5),
            is_wildcard: (0..3).any(|index| written.is_wildcard(index))
                || parsed.minutes().is_all()
                || parsed.hours().is_all(),
            years: (!parsed.years().is_all()).then(|| Box::new(parsed.years().iter().collect())),
        };
        let beginning = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        if fields.at_or_after(beginning).is_none() {
            let in_any_year = Self { years: None, ..fields };
            let index = if in_any_year.at_or_after(beginning).is_some() { 6 } else { 3 };
            return Err(written.never(expression, index));
        }
        Ok(fields)
    }

    /// The first civil time, in whole seconds, that matches, `from` included.
    pub(super) fn at_or_after(&self, from: DateTime) -> Option<DateTime> {
        let date = from.date();
        if self.is_day(date)
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
        let (mut month, mut first_day) = (date.first_of_month(), date.day() + 1);
        while month.year() <= last_year {
            if self.is_month(month)
                && let Some(day) = at_or_after(self.days_of(month), first_day)
            {
                return month.with().day(day).build().ok();
            }
            (month, first_day) = (month.last_of_month().tomorrow().ok()?, 1);
        }
        None
    }

    fn is_day(&self, date: Date) -> bool {
        self.is_month(date) && has(self.days_of(date.first_of_month()), date.day())
    }

    fn is_month(&self, date: Date) -> bool {
        let is_year = |years: &Years| u32::try_from(date.year()).is_ok_and(|year| years.has(year));
        has(self.months, date.month()) && self.years.as_deref().is_none_or(is_year)
    }

    /// Those of the month that begins with `first`, by number and weekday.
    fn days_of(&self, first: Date) -> u64 {
        let (week, begun) = (u64::from(self.weekdays), first.weekday().to_sunday_zero_offset());
        // From the first day's weekday on, and for as many weeks as a month may touch.
        let week = (week >> begun | week << (7 - begun)) & WEEK;
        let by_weekday = (0..5).fold(0, |days, number| days | week << (7 * number + 1));
        let by_number = u64::from(self.days);
        let days = if self.either_day { by_number | by_weekday } else { by_number & by_weekday };
        days & ((2 << first.days_in_month()) - 1)
    }
}

fn bits(values: &impl TimeUnitSpec, first: u32) -> u64 {
    values.iter().fold(0, |set, value| set | 1 << (value - first))
}

fn has(set: impl Into<u64>, value: i8) -> bool {
    set.into() >> value & 1 == 1
}

fn at_or_after(set: impl Into<u64>, value: i8) -> Option<i8> {
    let later = set.into().checked_shr(u32::try_from(value).ok()?)?;
    (later != 0).then(|| value + later.trailing_zeros() as i8)
}
