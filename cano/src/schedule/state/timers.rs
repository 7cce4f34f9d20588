//! When which schedule is to be looked at.

use std::{cmp::Reverse, collections::BinaryHeap};

use crate::schedule::{entry::Entry, nanos::Nanos};

/// The timers of the schedules, the first one on top. One whose schedule has another version by now is void: it is let
/// lie until it comes to the top, or until there are as many of them as of others. Where versions have come round, a
/// schedule is looked at once too often.
pub(super) struct Timers(BinaryHeap<Reverse<Timer>>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Timer {
    pub(super) at: Nanos,
    pub(super) index: u32,
    pub(super) version: u32,
}

/// A few void ones are never worth looking for.
const FEW: usize = 64;

/// By how much a list of so many grows: by half, because a doubled one of many schedules may be mostly room.
pub(super) fn growth(len: usize) -> usize {
    (len / 2).max(16)
}

impl Timers {
    pub(super) const fn new() -> Self {
        Self(BinaryHeap::new())
    }

    pub(super) fn set(&mut self, timer: Timer, entries: &[Option<Box<Entry>>]) {
        if self.0.len() >= 2 * entries.len() + FEW {
            self.0.retain(|Reverse(timer)| timer.is_valid(entries));
        }
        if self.0.len() == self.0.capacity() {
            self.0.reserve_exact(growth(self.0.len()));
        }
        self.0.push(Reverse(timer));
    }

    pub(super) fn first(&mut self, entries: &[Option<Box<Entry>>]) -> Option<Timer> {
        while let Some(Reverse(timer)) = self.0.peek() {
            if timer.is_valid(entries) {
                return Some(*timer);
            }
            self.0.pop();
        }
        None
    }

    /// The schedule of the first one, which is taken off, if its time has come.
    pub(super) fn take_due(&mut self, now: Nanos, entries: &[Option<Box<Entry>>]) -> Option<u32> {
        let due = self.first(entries).filter(|timer| timer.at <= now)?;
        self.0.pop();
        Some(due.index)
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl Timer {
    fn is_valid(&self, entries: &[Option<Box<Entry>>]) -> bool {
        let entry = entries.get(self.index as usize).and_then(Option::as_deref);
        entry.is_some_and(|entry| entry.version == self.version)
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use jiff::Timestamp;

    use super::*;
    use crate::{
        define::{error::CanoError, options::RunOptions, task::BoxFuture},
        schedule::{
            course::Course,
            rules::Schedule,
            runnable::{Runnable, Slot},
        },
    };

    struct Nothing;

    impl Runnable for Nothing {
        fn run(self: Arc<Self>, _: Slot, _: RunOptions) -> BoxFuture<'static, Result<(), CanoError>> {
            Box::pin(async { Ok(()) })
        }
    }

    fn entry() -> Option<Box<Entry>> {
        let schedule = Schedule::every(Duration::from_secs(1)).expect("an interval");
        let course = Course::begin(&schedule, Timestamp::UNIX_EPOCH);
        Some(Box::new(Entry::new("job".into(), Arc::new(Nothing), schedule, course)))
    }

    fn second(second: i64) -> Nanos {
        Timestamp::from_second(second).expect("a time").into()
    }

    #[test]
    fn timers_are_taken_in_order_and_void_ones_never() {
        let mut entries = [entry(), entry(), entry()];
        let mut timers = Timers::new();
        for (at, index) in [(30, 0), (10, 1), (20, 2)] {
            timers.set(Timer { at: second(at), index, version: 0 }, &entries);
        }
        entries[1].as_mut().expect("it is there").version = 1;
        assert!(timers.take_due(second(15), &entries).is_none());
        assert_eq!(timers.take_due(second(40), &entries), Some(2));
        entries[0] = None;
        assert!(timers.first(&entries).is_none());
    }

    #[test]
    fn void_timers_take_no_more_room_than_others() {
        let mut entries = [entry()];
        let mut timers = Timers::new();
        for version in 0..10_000 {
            entries[0].as_mut().expect("it is there").version = version;
            timers.set(Timer { at: second(i64::from(version)), index: 0, version }, &entries);
            assert!(timers.0.len() <= 2 + FEW, "{}", timers.0.len());
        }
        assert_eq!(timers.take_due(second(20_000), &entries), Some(0));
        assert!(timers.first(&entries).is_none());
    }
}
