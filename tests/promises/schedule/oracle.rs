//! What a cron expression means, by brute force: everything that the clock shows is looked at.

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz::TimeZone};

/// How an expression is to be read where clocks change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reading {
    /// Whenever the clock shows a matching time.
    Clock,
    /// Once for each matching time, when the clock first shows it or a later one.
    Once,
}

/// What a clock shows, on whole multiples of `step` seconds, from two days before the window on.
pub(super) struct Shown {
    from: Timestamp,
    step: SignedDuration,
    times: Vec<(Timestamp, DateTime)>,
}

impl Shown {
    pub(super) fn within(zone: &TimeZone, (from, to): (Timestamp, Timestamp), step: i64) -> Self {
        let begin = (from.as_second() - 2 * 86_400).div_euclid(step) * step;
        let instants = (begin..=to.as_second()).step_by(usize::try_from(step).expect("a few seconds"));
        let instants = instants.map(|second| Timestamp::from_second(second).expect("a time of ours"));
        let times = instants.map(|instant| (instant, zone.to_datetime(instant))).collect();
        Self { from, step: SignedDuration::from_secs(step), times }
    }

    /// The slots later than the window's begin, up to and with its end.
    pub(super) fn slots(&self, matches: impl Fn(DateTime) -> bool, reading: Reading) -> Vec<Timestamp> {
        let mut latest = self.times[0].1;
        let mut slots = Vec::new();
        for &(instant, now) in &self.times {
            let mut fires = reading == Reading::Clock && matches(now);
            while latest < now {
                latest = latest.checked_add(self.step).expect("a time of ours");
                fires |= reading == Reading::Once && matches(latest);
            }
            if fires && instant > self.from {
                slots.push(instant);
            }
        }
        slots
    }
}
