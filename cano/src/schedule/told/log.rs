//! What happens to schedules, in words.

use std::time::SystemTime;

use jiff::Timestamp;
use tracing::{error, info, level_filters::LevelFilter, warn};

use crate::define::event::{Event, EventKind, RunEnding, ScheduleEvent};

const TARGET: &str = "cano";

/// Whether a subscriber may want anything of it.
pub(super) fn is_wanted() -> bool {
    LevelFilter::current() != LevelFilter::OFF
}

pub(super) fn log(event: &Event<'_>) {
    let run_id = event.run.map(tracing::field::display);
    match event.kind {
        EventKind::Schedule { id, event: ScheduleEvent::Fired { slot, lag } } => {
            info!(target: TARGET, schedule = id, slot = shown(slot), ?lag, run_id, "Schedule fired");
        }
        EventKind::Schedule { id, event: ScheduleEvent::RunEnded { slot, end, duration } } => {
            let slot = shown(slot);
            match end {
                RunEnding::Exit(_) => {
                    info!(target: TARGET, schedule = id, slot, ?duration, run_id, "Scheduled run completed");
                }
                RunEnding::Cancelled(_) | RunEnding::Dropped => {
                    let end = end.label();
                    warn!(target: TARGET, schedule = id, slot, end, ?duration, run_id, "Scheduled run ended");
                }
                RunEnding::Failed(cause) | RunEnding::TimedOut(cause) | RunEnding::Panicked(cause) => {
                    let (end, cause) = (end.label(), format_args!("{cause:#}"));
                    error!(
                        target: TARGET,
                        schedule = id,
                        slot,
                        end,
                        error = %cause,
                        ?duration,
                        run_id,
                        "Scheduled run failed"
                    );
                }
            }
        }
        EventKind::Schedule { id, event: ScheduleEvent::Skipped { slot, reason } } => {
            let (slot, reason) = (shown(slot), reason.label());
            warn!(target: TARGET, schedule = id, slot, reason, "Slot skipped");
        }
        EventKind::Schedule { id, event: ScheduleEvent::Missed { slots } } => {
            warn!(target: TARGET, schedule = id, slots, "Slots missed");
        }
        EventKind::Schedule { id, event: ScheduleEvent::Paused } => {
            info!(target: TARGET, schedule = id, "Schedule paused");
        }
        EventKind::Schedule { id, event: ScheduleEvent::Resumed } => {
            info!(target: TARGET, schedule = id, "Schedule resumed");
        }
        EventKind::Schedule { id, event: ScheduleEvent::Tripped { failures } } => {
            error!(target: TARGET, schedule = id, failures, "Schedule paused after failures");
        }
        EventKind::Schedule { id, event: ScheduleEvent::TriggerPanicked { error } } => {
            error!(target: TARGET, schedule = id, %error, "Schedule fires no more, its trigger panicked");
        }
        EventKind::Schedule { event: ScheduleEvent::ClockPanicked { error }, .. } => {
            error!(target: TARGET, %error, "Clock panicked, time passes by tokio's");
        }
        EventKind::Schedule { event: ScheduleEvent::ClockJumped { by, is_back }, .. } => {
            let way = if is_back { "back" } else { "forward" };
            warn!(target: TARGET, ?by, way, "Clock was set");
        }
        EventKind::ObserverPanicked { message } => error!(target: TARGET, message, "An observer panicked"),
        _ => {}
    }
}

/// A slot as its schedule's users know it: in UTC; nothing where there is none, for a run by hand.
fn shown(slot: Option<SystemTime>) -> Option<tracing::field::DisplayValue<Timestamp>> {
    slot.and_then(|slot| Timestamp::try_from(slot).ok()).map(tracing::field::display)
}
