//! Runs, from the request to the end. Only `start_run` starts one; it is counted as under way before it is spawned.

use std::sync::Arc;

use jiff::SignedDuration;
use tokio::sync::oneshot;

use super::State;
use crate::{
    define::{event::SkipReason, options::RunOptions, run_id::RunId},
    schedule::{
        entry::{Entry, Mode, Turn, UnderWay, Waiting},
        epoch::Phase,
        error::SchedulerError,
        record::{EndedRun, Happened, RunEnd},
        run::{Launch, Reporter},
        runnable::Slot,
        shared::Effects,
        trigger::Pace,
    },
};

impl State {
    /// Asks the overlap policy for a run, and starts it if it may.
    pub(in crate::schedule) fn request(
        &mut self,
        index: u32,
        waiting: Waiting,
        effects: &mut Effects,
    ) -> Result<(), SchedulerError> {
        let Some(entry) = self.entry(index) else { return Ok(()) };
        match entry.turn(waiting) {
            Turn::Now(waiting) => self.start_run(index, waiting, effects),
            Turn::Waits { instead_of, for_the_end_of } => {
                effects.cancels.extend(for_the_end_of);
                if let Some(replaced) = instead_of {
                    let counts_from_its_run = entry.schedule.pace() == Pace::AfterRun;
                    self.skip(index, replaced, SkipReason::Overlap, effects);
                    if counts_from_its_run {
                        // A slot that has no run is followed by one that is counted from itself.
                        self.replan(index);
                        effects.wake_driver();
                    }
                }
            }
            Turn::Refused(waiting) => {
                let id = entry.id.to_string();
                self.skip(index, waiting, SkipReason::Overlap, effects);
                return Err(SchedulerError::Overlap { id });
            }
        }
        Ok(())
    }

    /// A slot, or a trigger by hand, starts no run.
    pub(in crate::schedule) fn skip(
        &mut self,
        index: u32,
        waiting: Waiting,
        reason: SkipReason,
        effects: &mut Effects,
    ) {
        self.note(Some(index), Happened::Skipped { slot: waiting.of_a_slot(), reason });
        effects.cancel(waiting);
    }

    /// None of those that wait for their turn gets it; those by hand do, unless `all`.
    pub(in crate::schedule) fn skip_waiting(
        &mut self,
        index: u32,
        all: bool,
        reason: SkipReason,
        effects: &mut Effects,
    ) {
        let dropped = self.entry(index).map(|entry| entry.drop_waiting(all)).unwrap_or_default();
        dropped.into_iter().for_each(|waiting| self.skip(index, waiting, reason, effects));
    }

    /// The same of every schedule, because the scheduler is stopped.
    pub(in crate::schedule) fn skip_all_waiting(&mut self, all: bool, effects: &mut Effects) {
        let indices: Vec<u32> =
            self.entries().filter_map(|(index, entry)| entry.runs.is_some().then_some(index)).collect();
        for index in indices {
            self.skip_waiting(index, all, SkipReason::Stopped, effects);
        }
    }

    fn start_run(&mut self, index: u32, waiting: Waiting, effects: &mut Effects) {
        let times = self.times;
        let Some(epoch) = self.phase.epoch().cloned() else { return effects.cancel(waiting) };
        let Some(entry) = self.entry(index) else { return };
        let (token, run_id) = (epoch.cancel.child_token(), RunId::next());
        let mut options = RunOptions::new().with_cancellation(token.clone()).with_run_id(run_id);
        if let Some(timeout) = entry.schedule.rules().timeout {
            options = options.with_timeout(timeout);
        }
        let runs = entry.runs.get_or_insert_default();
        let is_by_hand = waiting.by_hand.is_some();
        runs.under_way.push(UnderWay { run_id, is_by_hand, token: token.clone() });
        let now = if is_by_hand { times.wall } else { times.now(entry.schedule.pace()) };
        let lag = now.duration_since(waiting.slot).max(SignedDuration::ZERO).unsigned_abs();
        let (at, of_a_slot) = (times.wall, waiting.of_a_slot());
        let slot = Slot { id: Arc::from(&*entry.id), time: waiting.slot, started: at, is_by_hand, run_id };
        let runnable = Arc::clone(&entry.runnable);
        self.note(Some(index), Happened::Started { slot: of_a_slot, at, lag, run_id });
        let reporter = Reporter::new(index, slot.clone(), waiting.by_hand, token, &epoch);
        effects.launches.push(Launch { runtime: epoch.runtime, runnable, slot, options, reporter });
    }

    /// A run has ended, so that another one may start.
    pub(in crate::schedule) fn ended(
        &mut self,
        index: u32,
        run: EndedRun,
        by_hand: Option<oneshot::Sender<RunEnd>>,
        effects: &mut Effects,
    ) {
        let steady = self.times.steady;
        if let Phase::Stopping(epoch) = &self.phase
            && let Some(Some(entry)) = self.entries.get(index as usize)
        {
            epoch.report().note(&entry.id, &run.end);
        }
        let Some(entry) = self.entry(index) else { return };
        if let Some(runs) = &mut entry.runs {
            runs.under_way.retain(|other| other.run_id != run.run_id);
        }
        if let Some(reply) = by_hand {
            effects.replies.push((reply, run.end.clone()));
        }
        let (end, is_by_hand) = (run.end.clone(), run.is_by_hand);
        self.note(Some(index), Happened::Ended(run));
        let Some(entry) = self.entry(index) else { return };
        let tripped = matches!(end, RunEnd::Failed(_)) && entry.failed();
        let failures = entry.record.as_ref().map_or(0, |record| record.summary.failures_in_a_row);
        let counts_from_here = entry.schedule.pace() == Pace::AfterRun && !is_by_hand;
        if counts_from_here {
            entry.course.run_ended(steady);
        }
        if tripped {
            self.note(Some(index), Happened::Tripped { failures });
            self.skip_waiting(index, false, SkipReason::Paused, effects);
        }
        if tripped || counts_from_here {
            self.replan(index);
            effects.wake_driver();
        }
        if matches!(end, RunEnd::Aborted) {
            // Its runtime is gone, or it was told to stop: none can follow.
            self.skip_waiting(index, true, SkipReason::Stopped, effects);
        }
        while let Some(waiting) = self.entry(index).and_then(Entry::next_waiting) {
            self.start_run(index, waiting, effects);
        }
        if let Some(entry) = self.entry(index) {
            entry.drop_idle_runs();
        }
        self.forget_if_over(index, effects);
    }

    /// Drops a removed schedule when its last run is over.
    pub(in crate::schedule) fn forget_if_over(&mut self, index: u32, effects: &mut Effects) {
        let is_over = |entry: &mut Entry| entry.mode == Mode::Removed && entry.running() == 0;
        if self.entry(index).is_some_and(is_over) {
            effects.dropped.extend(self.entries[index as usize].take().map(|entry| *entry));
            self.free.push(index);
        }
    }
}
