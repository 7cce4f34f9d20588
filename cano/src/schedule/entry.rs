//! One schedule of a scheduler: its rules, how far it has come, its runs.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{sync::oneshot, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{
    course::Course,
    record::{Record, RunEnd},
    rules::{Overlap, Schedule},
    runnable::Runnable,
};
use crate::define::{retry::doubled, run_id::RunId};

pub(super) struct Entry {
    /// A run has one of its own.
    pub(super) id: Box<str>,
    pub(super) runnable: Arc<dyn Runnable>,
    pub(super) schedule: Schedule,
    pub(super) course: Course,
    /// Counts what a plan that was made without the lock has to know of: a plan, or a timer, of another version is
    /// void.
    pub(super) version: u32,
    pub(super) mode: Mode,
    /// Most schedules have none most of the time.
    pub(super) runs: Option<Box<Runs>>,
    pub(super) record: Option<Box<Record>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Active,
    Paused,
    Tripped,
    /// Only its runs go on.
    Removed,
}

/// As good as for ever.
const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 3_600);

#[derive(Default)]
pub(super) struct Runs {
    pub(super) under_way: Vec<UnderWay>,
    pub(super) waiting: VecDeque<Waiting>,
    /// Until when slots are let pass after failures.
    pub(super) held_until: Option<Instant>,
}

pub(super) struct UnderWay {
    pub(super) run_id: RunId,
    pub(super) is_by_hand: bool,
    pub(super) token: CancellationToken,
}

/// A run that is to start.
pub(super) struct Waiting {
    pub(super) slot: Timestamp,
    /// Who awaits a run by hand.
    pub(super) by_hand: Option<oneshot::Sender<RunEnd>>,
}

impl Waiting {
    /// The nominal time; `None` for a run by hand.
    pub(super) fn of_a_slot(&self) -> Option<Timestamp> {
        self.by_hand.is_none().then_some(self.slot)
    }
}

/// What the overlap policy says of one more run.
pub(super) enum Turn {
    /// It starts.
    Now(Waiting),
    /// It waits, perhaps in the place of another one, and for runs that are to be cancelled.
    Waits {
        instead_of: Option<Waiting>,
        for_the_end_of: Vec<CancellationToken>,
    },
    Refused(Waiting),
}

impl Entry {
    pub(super) fn new(id: Box<str>, runnable: Arc<dyn Runnable>, schedule: Schedule, course: Course) -> Self {
        Self { id, runnable, schedule, course, version: 0, mode: Mode::Active, runs: None, record: None }
    }

    /// Asks the overlap policy.
    pub(super) fn turn(&mut self, waiting: Waiting) -> Turn {
        let overlap = self.schedule.rules().overlap;
        let runs = self.runs.get_or_insert_default();
        if runs.has_room(overlap) && runs.waiting.is_empty() {
            return Turn::Now(waiting);
        }
        let room = match overlap {
            Overlap::Skip | Overlap::Allow(_) => 0,
            Overlap::BufferOne => 1,
            Overlap::BufferAll(max) => max.get() as usize,
            Overlap::CancelOther => {
                let for_the_end_of = runs.under_way.iter().map(|run| run.token.clone()).collect();
                let instead_of = runs.waiting.pop_front();
                runs.waiting.push_back(waiting);
                return Turn::Waits { instead_of, for_the_end_of };
            }
        };
        if runs.waiting.len() >= room {
            return Turn::Refused(waiting);
        }
        runs.waiting.push_back(waiting);
        Turn::Waits { instead_of: None, for_the_end_of: Vec::new() }
    }

    /// Whoever waits longest, if a run may start.
    pub(super) fn next_waiting(&mut self) -> Option<Waiting> {
        let overlap = self.schedule.rules().overlap;
        let runs = self.runs.as_mut()?;
        if runs.has_room(overlap) { runs.waiting.pop_front() } else { None }
    }

    /// Holds slots back after a failure, and trips; whether it tripped.
    pub(super) fn failed(&mut self) -> bool {
        let rules = self.schedule.rules();
        let in_a_row = self.record.as_ref().map_or(0, |record| record.summary.failures_in_a_row);
        if let Some((first, longest)) = rules.backoff {
            let held = doubled(first, in_a_row.saturating_sub(1), longest);
            // What an instant cannot say is not no time.
            self.runs.get_or_insert_default().held_until = Some(Instant::now() + held.min(CENTURY));
        }
        let trips =
            self.mode == Mode::Active && rules.trip_after.is_some_and(|limit| in_a_row >= limit.get());
        if trips {
            self.mode = Mode::Tripped;
        }
        trips
    }

    pub(super) fn is_held_back(&self) -> bool {
        let held_until = self.runs.as_ref().and_then(|runs| runs.held_until);
        held_until.is_some_and(|until| Instant::now() < until)
    }

    /// Whether a slot's own run is under way, or waits.
    pub(super) fn has_run_of_a_slot(&self) -> bool {
        self.runs.as_ref().is_some_and(|runs| {
            runs.under_way.iter().any(|run| !run.is_by_hand)
                || runs.waiting.iter().any(|waiting| waiting.by_hand.is_none())
        })
    }

    pub(super) fn running(&self) -> usize {
        self.runs.as_ref().map_or(0, |runs| runs.under_way.len())
    }

    /// Drops the runs that wait, but those by hand unless `all`.
    pub(super) fn drop_waiting(&mut self, all: bool) -> Vec<Waiting> {
        let Some(runs) = &mut self.runs else { return Vec::new() };
        let (kept, dropped) = runs.waiting.drain(..).partition(|waiting| !all && waiting.by_hand.is_some());
        runs.waiting = kept;
        dropped.into()
    }

    /// Gives back the space of the runs when there are none.
    pub(super) fn drop_idle_runs(&mut self) {
        let is_idle = |runs: &mut Box<Runs>| {
            runs.under_way.is_empty() && runs.waiting.is_empty() && runs.held_until.is_none()
        };
        self.runs.take_if(is_idle);
    }
}

impl Runs {
    fn has_room(&self, overlap: Overlap) -> bool {
        let most = match overlap {
            Overlap::Allow(max) => max.get() as usize,
            _ => 1,
        };
        self.under_way.len() < most
    }
}
