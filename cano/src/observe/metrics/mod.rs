mod names;

use std::time::Duration;

use metrics::{counter, gauge, histogram};

pub use self::names::{Metric, MetricKind};
use crate::define::event::{Event, EventKind, Observer, RunEnding, ScheduleEvent};

#[doc = include_str!("../../../docs/metrics.md")]
///
/// Give it to each workflow that is to be measured, or to a single run, and to the scheduler for its schedules. Install
/// the exporter's recorder first: [`Metrics::new`] passes it the units and descriptions.
///
/// ```
/// use cano::{Metrics, prelude::*};
///
/// # #[task]
/// # async fn greet() -> CanoResult<()> { Ok(()) }
/// # workflow! {
/// #     enum Hello {
/// #         #[start] Greet = greet >> Greeted,
/// #         #[exit] Greeted,
/// #     }
/// # }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> CanoResult<()> {
/// let workflow = Hello::workflow().with_observer(Metrics::new());
/// workflow.orchestrate(&MemoryStore::new()).await?;
/// # Ok(())
/// # }
/// ```
///
/// Needs the feature `metrics`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Metrics;

impl Metrics {
    /// Every metric, in the order of the table above.
    pub const ALL: &'static [Metric] = names::ALL;

    /// Describes the metrics to the recorder that is installed, and returns the observer.
    #[must_use]
    pub fn new() -> Self {
        Self::ALL.iter().for_each(Metric::describe);
        Self
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Observer for Metrics {
    fn on_event(&self, event: &Event<'_>) {
        let workflow = || event.workflow.to_owned();
        match event.kind {
            EventKind::RunStarted { .. } => {
                gauge!(names::RUNS_ACTIVE, "workflow" => workflow()).increment(1.0);
            }
            EventKind::RunEnded { state, end, in_state, duration } => {
                gauge!(names::RUNS_ACTIVE, "workflow" => workflow()).decrement(1.0);
                counter!(names::RUNS, "workflow" => workflow(), "end" => end.label()).increment(1);
                histogram!(names::RUN_DURATION, "workflow" => workflow(), "end" => end.label())
                    .record(duration);
                // An exit has no task, so it takes no time; before the first state there is none.
                if !matches!(end, RunEnding::Exit(_)) && !state.is_empty() {
                    measure_state(workflow(), state, end.label(), in_state);
                }
            }
            EventKind::Transition { from, is_caught, duration, .. } => {
                let end = if is_caught { "caught" } else { "outcome" };
                measure_state(workflow(), from, end, duration);
            }
            EventKind::AttemptStarted { attempt, .. } if attempt.number > 1 => {
                counter!(names::RETRIES, "workflow" => workflow(), "task" => attempt.task.to_owned())
                    .increment(1);
            }
            EventKind::AttemptSucceeded { attempt, .. } => {
                count_attempt(workflow(), attempt.task, "succeeded")
            }
            EventKind::AttemptFailed { attempt, .. } => count_attempt(workflow(), attempt.task, "failed"),
            EventKind::Undone { state, error, .. } => {
                let result = if error.is_some() { "failed" } else { "succeeded" };
                counter!(
                    names::UNDOS, "workflow" => workflow(), "state" => state.to_owned(), "result" => result
                )
                .increment(1);
            }
            EventKind::Schedule { id, event } => measure_schedule(id, event),
            _ => {}
        }
    }
}

fn measure_state(workflow: String, state: &str, end: &'static str, duration: Duration) {
    histogram!(names::STATE_DURATION, "workflow" => workflow, "state" => state.to_owned(), "end" => end)
        .record(duration);
}

fn count_attempt(workflow: String, task: &str, result: &'static str) {
    counter!(names::ATTEMPTS, "workflow" => workflow, "task" => task.to_owned(), "result" => result)
        .increment(1);
}

fn measure_schedule(id: &str, event: ScheduleEvent<'_>) {
    let schedule = || id.to_owned();
    match event {
        ScheduleEvent::Fired { slot: Some(_), lag } => {
            histogram!(names::SCHEDULE_LAG, "schedule" => schedule()).record(lag);
        }
        ScheduleEvent::Missed { slots } => {
            counter!(names::SLOTS_MISSED, "schedule" => schedule()).increment(slots);
        }
        ScheduleEvent::Skipped { reason, .. } => {
            counter!(names::SLOTS_SKIPPED, "schedule" => schedule(), "reason" => reason.label()).increment(1);
        }
        _ => {}
    }
}
