//! What happened to a schedule.

use std::{collections::VecDeque, time::Duration};

use jiff::{SignedDuration, Timestamp};

use super::{contained::contained, info::Status};
use crate::define::{error::CanoError, event::SkipReason, run_id::RunId};

/// What can happen in a scheduler. All of it passes through [`State::note`](super::state::State::note), so that whoever
/// is to be told of it stands there.
#[derive(Clone, Debug)]
pub(super) enum Happened {
    Paused,
    Resumed,
    /// So many runs failed in a row that it is paused.
    Tripped {
        failures: u32,
    },
    /// A run was started, so long after its slot, or after it was asked for by hand.
    Started {
        slot: Option<Timestamp>,
        at: Timestamp,
        lag: Duration,
        run_id: RunId,
    },
    /// A run ended.
    Ended(EndedRun),
    /// A slot, or a trigger by hand, started no run.
    Skipped {
        slot: Option<Timestamp>,
        reason: SkipReason,
    },
    /// Nothing could fire so many slots.
    Missed(u64),
    /// The trigger panicked, so that it has no further slots.
    TriggerPanicked(CanoError),
    /// The clock on the wall panicked, for the first time or since it last did not.
    ClockPanicked(CanoError),
    /// The clock on the wall was set by so much.
    ClockSet(SignedDuration),
}

impl Happened {
    /// Whether it is in a schedule's record; a schedule has none before there is something in it.
    pub(super) fn is_counted(&self) -> bool {
        match self {
            Self::Paused
            | Self::Resumed
            | Self::Tripped { .. }
            | Self::ClockPanicked(_)
            | Self::ClockSet(_) => false,
            Self::Skipped { reason, .. } => matches!(reason, SkipReason::Overlap | SkipReason::Backoff),
            Self::Started { .. } | Self::Ended(_) | Self::Missed(_) | Self::TriggerPanicked(_) => true,
        }
    }
}

/// How a run ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RunEnd {
    /// It reached an exit.
    Succeeded,
    /// It ended with an error: of a task, a panic, a timeout.
    Failed(CanoError),
    /// It was cancelled: by [`stop`](super::Scheduler::stop), or by
    /// [`Overlap::CancelOther`](super::Overlap::CancelOther). It may never have started.
    Cancelled,
    /// It did not end when it was cancelled, and was dropped.
    Aborted,
}

impl RunEnd {
    /// Whether it reached an exit.
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Succeeded)
    }

    fn error(self) -> Option<CanoError> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }
}

/// A run that has ended.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct EndedRun {
    /// The id of the run. Of several instances at once it is that of all of them; each has another one in its events.
    pub run_id: RunId,
    /// Its nominal time.
    pub slot: Timestamp,
    /// Whether [`trigger`](super::Scheduler::trigger) asked for it.
    pub is_by_hand: bool,
    /// When it started.
    pub started: Timestamp,
    /// How long it took.
    pub duration: Duration,
    /// How it ended.
    pub end: RunEnd,
}

/// What is remembered of a schedule.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) summary: Summary,
    /// The last runs that have ended, the oldest first.
    pub(super) history: VecDeque<EndedRun>,
}

/// The counts of a schedule, and its last run.
#[derive(Clone, Debug, Default)]
pub(super) struct Summary {
    pub(super) runs: u64,
    pub(super) successes: u64,
    pub(super) failures: u64,
    pub(super) cancelled: u64,
    pub(super) missed: u64,
    pub(super) skipped: u64,
    pub(super) held_back: u64,
    pub(super) failures_in_a_row: u32,
    pub(super) last_start: Option<Timestamp>,
    pub(super) last_duration: Option<Duration>,
    pub(super) last_end: Option<RunEnd>,
    pub(super) last_error: Option<CanoError>,
}

impl Record {
    /// `keep` is how many ended runs are remembered. The errors that are remembered no more are yielded: their drop is
    /// the user's code, so whoever holds a lock lets go of them later.
    pub(super) fn note(&mut self, happened: Happened, keep: usize) -> Vec<CanoError> {
        let mut displaced = Vec::new();
        let summary = &mut self.summary;
        match happened {
            Happened::Started { at, .. } => {
                summary.runs += 1;
                summary.last_start = Some(at);
            }
            Happened::Ended(run) => {
                match &run.end {
                    RunEnd::Succeeded => {
                        summary.successes += 1;
                        summary.failures_in_a_row = 0;
                    }
                    RunEnd::Failed(error) => {
                        summary.failures += 1;
                        summary.failures_in_a_row = summary.failures_in_a_row.saturating_add(1);
                        displaced.extend(summary.last_error.replace(error.clone()));
                    }
                    RunEnd::Cancelled | RunEnd::Aborted => summary.cancelled += 1,
                }
                summary.last_duration = Some(run.duration);
                displaced.extend(summary.last_end.replace(run.end.clone()).and_then(RunEnd::error));
                self.history.push_back(run);
                let surplus = self.history.len().saturating_sub(keep);
                displaced.extend(self.history.drain(..surplus).filter_map(|run| run.end.error()));
            }
            Happened::Skipped { reason: SkipReason::Overlap, .. } => summary.skipped += 1,
            Happened::Skipped { reason: SkipReason::Backoff, .. } => summary.held_back += 1,
            Happened::Missed(count) => summary.missed += count,
            Happened::TriggerPanicked(error) => displaced.extend(summary.last_error.replace(error)),
            _ => {}
        }
        displaced
    }
}

impl Summary {
    pub(super) fn status(&self) -> Status {
        match &self.last_end {
            None => Status::Idle,
            Some(RunEnd::Succeeded) => Status::Completed,
            // Its words are the user's.
            Some(RunEnd::Failed(error)) => Status::Failed(
                contained(|| format!("{error:#}")).unwrap_or_else(|panic| format!("an error that {panic}")),
            ),
            Some(RunEnd::Cancelled | RunEnd::Aborted) => Status::Cancelled,
        }
    }
}
