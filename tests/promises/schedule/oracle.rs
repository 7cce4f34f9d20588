//! What a cron expression means, by brute force: every second of the clock is looked at.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// How an expression is to be read where clocks change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reading {
    /// Whenever the clock shows a matching time.
    Clock,
    /// Once for each matching time, when the clock first shows it or a later one.
    Once,
}

/// The slots later than `from`, up to and with `to`, on whole multiples of `step` seconds.
pub(super) fn slots(
    matches: impl Fn(DateTime) -> bool,
    reading: Reading,
    zone: &TimeZone,
    (from, to): (Timestamp, Timestamp),
    step: i64,
) -> Vec<Timestamp> {
    // It begins early enough to know what the clock has shown.
    let begin = (from.as_second() - 2 * 86_400).div_euclid(step) * step;
    let shown = |second| zone.to_datetime(Timestamp::from_second(second).unwrap());
    let mut latest = shown(begin - step);
    let mut slots = Vec::new();
    for second in (begin..=to.as_second()).step_by(usize::try_from(step).unwrap()) {
        let now = shown(second);
        let fires = match reading {
            Reading::Clock => matches(now),
            Reading::Once => {
                let mut passed = false;
                while latest < now {
                    latest = latest.checked_add(jiff::SignedDuration::from_secs(step)).unwrap();
                    passed |= matches(latest);
                }
                passed
            }
        };
        let slot = Timestamp::from_second(second).unwrap();
        if fires && slot > from {
            slots.push(slot);
        }
    }
    slots
}
