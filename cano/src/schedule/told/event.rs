//! From what was noted to what is told.

use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};

use super::Noted;
use crate::{
    define::{
        error::{Cancelled, CanoError, Stop},
        event::{Event, EventKind, RunEnding, ScheduleEvent},
    },
    schedule::record::{EndedRun, Happened, RunEnd},
};

impl Noted {
    pub(super) fn with_event(&self, tell: impl FnOnce(&Event<'_>)) {
        let id = self.id.as_deref().unwrap_or_default();
        let mut run = None;
        let cancelled;
        let event = match &self.happened {
            Happened::Paused => ScheduleEvent::Paused,
            Happened::Resumed => ScheduleEvent::Resumed,
            Happened::Tripped { failures } => ScheduleEvent::Tripped { failures: *failures },
            Happened::Started { slot, lag, run_id, .. } => {
                run = Some(*run_id);
                ScheduleEvent::Fired { slot: slot.map(shown), lag: *lag }
            }
            Happened::Ended(ended) => {
                run = Some(ended.run_id);
                let slot = (!ended.is_by_hand).then(|| shown(ended.slot));
                let end = match &ended.end {
                    // Which exit, the run itself tells.
                    RunEnd::Succeeded => RunEnding::Exit(""),
                    RunEnd::Failed(error) => RunEnding::failure(error),
                    RunEnd::Cancelled => {
                        cancelled = cancellation(id, ended);
                        RunEnding::Cancelled(&cancelled)
                    }
                    RunEnd::Aborted => RunEnding::Dropped,
                };
                ScheduleEvent::RunEnded { slot, end, duration: ended.duration }
            }
            Happened::Skipped { slot, reason } => {
                ScheduleEvent::Skipped { slot: slot.map(shown), reason: *reason }
            }
            Happened::Missed(slots) => ScheduleEvent::Missed { slots: *slots },
            Happened::TriggerPanicked(error) => ScheduleEvent::TriggerPanicked { error },
            Happened::ClockPanicked(error) => ScheduleEvent::ClockPanicked { error },
            Happened::ClockSet(by) => {
                ScheduleEvent::ClockJumped { by: by.unsigned_abs(), is_back: *by < SignedDuration::ZERO }
            }
        };
        tell(&Event { workflow: "", run, at: self.at, kind: EventKind::Schedule { id, event } });
    }
}

/// A system that begins its time later than a slot shows where it begins.
fn shown(slot: Timestamp) -> SystemTime {
    SystemTime::try_from(slot).unwrap_or(SystemTime::UNIX_EPOCH)
}

fn cancellation(id: &str, run: &EndedRun) -> CanoError {
    CanoError::Cancelled(Cancelled::new(Stop::of(id.to_owned(), run.duration)))
}
