//! How far a schedule has come, as a value: which slots have been dealt with, which are due, which is next.

mod settled;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use self::settled::Settled;
use super::{
    nanos::Nanos,
    rules::{CatchUp, Schedule},
};

/// A slot that is the latest and no later than this was not missed: the clock is looked at every half a minute.
const ON_TIME: SignedDuration = SignedDuration::from_secs(60);

#[derive(Clone, Debug)]
pub(super) struct Course {
    /// When the schedule began.
    start: Nanos,
    settled: Settled,
    fired: u64,
}

/// What is to be done now, and when to look again.
#[derive(Debug, Default)]
pub(super) struct Due {
    pub(super) fire: Vec<Timestamp>,
    pub(super) missed: u64,
    pub(super) next: Option<Next>,
}

/// A slot that is still to come, and when it fires, jitter included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Next {
    pub(super) slot: Timestamp,
    pub(super) fires: Timestamp,
}

impl Course {
    pub(super) fn begin(schedule: &Schedule, now: Timestamp) -> Self {
        let start = schedule.rules().not_before.map_or(now, |not_before| not_before.max(now));
        Self { start: start.into(), settled: Settled::until(start), fired: 0 }
    }

    /// Begins anew, for another schedule perhaps. What was fired is not fired again, and counts.
    pub(super) fn begin_again(&mut self, schedule: &Schedule, now: Timestamp) {
        let begun = Self::begin(schedule, now);
        self.settled.pass(begun.start());
        self.start = begun.start;
    }

    fn start(&self) -> Timestamp {
        self.start.into()
    }

    /// Lets the time until `now` pass without firing.
    pub(super) fn pass(&mut self, now: Timestamp) {
        self.settled.pass(now.max(self.start()));
    }

    /// The clock was set back to `now`.
    pub(super) fn set_back(&mut self, now: Timestamp) {
        self.settled.set_back(now);
    }

    /// The slot of a fixed delay is counted from here.
    pub(super) fn run_ended(&mut self, at: Timestamp) {
        self.settled.settle(at);
    }

    /// The slots to come.
    pub(super) fn upcoming<'a>(&'a self, schedule: &'a Schedule) -> impl Iterator<Item = Timestamp> + 'a {
        let left = schedule.rules().limit.map_or(u64::MAX, |limit| limit.get().saturating_sub(self.fired));
        self.slots(schedule, self.settled.to()).take(usize::try_from(left).unwrap_or(usize::MAX))
    }

    /// What `now` asks for. `landing`: what the clock showed when it was last set forward; slots before that were never
    /// lived through. `seed` is that of the schedule's jitter, the same each time.
    pub(super) fn due(
        &mut self,
        schedule: &Schedule,
        now: Timestamp,
        landing: Option<Timestamp>,
        seed: u64,
    ) -> Due {
        let mut due = Due { next: self.next(schedule, seed), ..Due::default() };
        let Some(first) = due.next.filter(|next| next.fires <= now) else { return due };
        let (wanted, only_on_time) = match schedule.rules().catch_up {
            CatchUp::Skip => (1, true),
            CatchUp::Once => (1, false),
            CatchUp::All(max) => (max.get(), false),
        };
        let begin = self.settled.to();
        let mut count = schedule.trigger().count(begin, until(schedule, now), self.start());
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        // One more, because the latest one may still wait for its jitter.
        let asked = wanted.saturating_add(usize::from(!schedule.rules().jitter.is_zero()));
        let mut latest = self.latest(schedule, now, asked, count);
        if latest.len() > 1 && self.fires(schedule, latest[latest.len() - 1], seed) > now {
            latest.pop();
            count = count.saturating_sub(1);
        }
        latest.drain(..latest.len().saturating_sub(wanted));
        let Some(&last) = latest.last() else { return due };
        if only_on_time && now.duration_since(self.fires(schedule, last, seed)) > ON_TIME {
            latest.clear();
        }
        let left = schedule.rules().limit.map_or(u64::MAX, |limit| limit.get().saturating_sub(self.fired));
        latest.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        self.fired += latest.len() as u64;
        due.missed = count.saturating_sub(latest.len() as u64);
        if due.missed > 0 && landing.is_some_and(|landing| first.slot < landing) {
            self.settled.leap(latest.first().copied(), last);
        }
        self.settled.settle(last);
        due.fire = latest;
        due.next = self.next(schedule, seed);
        due
    }

    fn next(&self, schedule: &Schedule, seed: u64) -> Option<Next> {
        let slot = self.upcoming(schedule).next()?;
        Some(Next { slot, fires: self.fires(schedule, slot, seed) })
    }

    /// The last slots up to `now`, at most `wanted` of about `count`; the search begins late and goes back in doubled
    /// steps.
    fn latest(&self, schedule: &Schedule, now: Timestamp, wanted: usize, count: u64) -> Vec<Timestamp> {
        let begin = self.settled.to();
        // A millisecond may have a million slots.
        let gap = now.duration_since(begin).as_nanos() / i128::from(count.max(1));
        let mut span = SignedDuration::from_nanos(gap.clamp(1, 1_000_000) as i64);
        loop {
            let from = now.checked_sub(span).map_or(begin, |from| from.max(begin));
            let mut found: Vec<_> = self.slots(schedule, from).take_while(|slot| *slot <= now).collect();
            if found.len() >= wanted || from == begin {
                found.drain(..found.len().saturating_sub(wanted));
                return found;
            }
            span = span.saturating_mul(2);
        }
    }

    /// The slots after an instant that are within the bounds and not settled. None is later than what can be settled.
    fn slots<'a>(&'a self, schedule: &'a Schedule, after: Timestamp) -> impl Iterator<Item = Timestamp> + 'a {
        let last = until(schedule, Nanos::LAST.into());
        let mut after = after;
        std::iter::from_fn(move || {
            loop {
                let slot = schedule
                    .trigger()
                    .next(after, self.start())
                    .filter(|slot| *slot > after && *slot <= last)?;
                match self.settled.end_of(slot) {
                    Some(end) => after = end,
                    None => {
                        after = slot;
                        return Some(slot);
                    }
                }
            }
        })
    }

    /// The slot with its jitter, which is the same whenever it is asked for, and ends before the next slot.
    fn fires(&self, schedule: &Schedule, slot: Timestamp, seed: u64) -> Timestamp {
        let jitter = schedule.rules().jitter;
        if jitter.is_zero() {
            return slot;
        }
        let gap = self.slots(schedule, slot).next().map(|next| next.duration_since(slot));
        let gap = gap.map_or(Duration::MAX, |gap| gap.unsigned_abs());
        let most = u64::try_from(jitter.min(gap).as_nanos()).unwrap_or(u64::MAX).max(1);
        let random = fastrand::Rng::with_seed(seed ^ slot.as_nanosecond() as u64).u64(..most);
        slot.checked_add(Duration::from_nanos(random)).unwrap_or(slot)
    }
}

fn until(schedule: &Schedule, now: Timestamp) -> Timestamp {
    schedule.rules().not_after.map_or(now, |not_after| not_after.min(now))
}
