//! What happens in a run, in words.

use tracing::{debug, error, info, warn};

use super::TARGET;
use crate::define::event::{Event, EventKind, RunEnding};

/// What is wrong, and how a run began and ended, is said with the run's id: other runs may be logged beside it.
pub(super) fn log(event: &Event<'_>) {
    let run_id = event.run.map(tracing::field::display);
    match event.kind {
        EventKind::RunStarted { state, .. } => {
            info!(
                target: TARGET,
                workflow = %event.workflow,
                run_id,
                start = %state,
                "Starting workflow orchestration"
            );
        }
        EventKind::AttemptStarted { attempt, .. } if attempt.number == 1 => {
            info!(target: TARGET, task = %attempt.task, "Starting task execution with retry logic");
        }
        EventKind::AttemptStarted { .. } => debug!(target: TARGET, "Starting another attempt"),
        EventKind::AttemptSucceeded { duration, .. } => {
            info!(target: TARGET, ?duration, "Task execution successful");
        }
        EventKind::AttemptFailed { attempt, error, next_delay: Some(delay), .. } => warn!(
            target: TARGET,
            workflow = %event.workflow,
            run_id,
            state = %attempt.state,
            task = %attempt.task,
            attempt = attempt.number,
            error = %format_args!("{error:#}"),
            ?delay,
            "Task execution failed, retrying"
        ),
        EventKind::AttemptFailed { attempt, error, next_delay: None, .. } => error!(
            target: TARGET,
            run_id,
            attempts = attempt.number,
            error = %format_args!("{error:#}"),
            "Task execution failed after its last attempt"
        ),
        EventKind::Caught { error, to, .. } => {
            warn!(target: TARGET, run_id, %error, %to, "Error caught");
        }
        EventKind::Transition { from, to, outcome, .. } => {
            let outcome = outcome.map(tracing::field::display);
            debug!(target: TARGET, %from, %to, outcome, "Transition");
        }
        EventKind::Undone { task, error: None, .. } => {
            info!(target: TARGET, %task, "Step undone");
        }
        EventKind::Undone { task, error: Some(error), .. } => {
            error!(target: TARGET, run_id, %task, error = %format_args!("{error:#}"), "Step not undone");
        }
        EventKind::Progress { attempt, done, total } => {
            debug!(target: TARGET, task = %attempt.task, done, total, "Progress");
        }
        EventKind::RunEnded { end, duration, .. } => match end {
            RunEnding::Exit(exit) => {
                info!(target: TARGET, run_id, %exit, ?duration, "Workflow completed successfully");
            }
            RunEnding::Failed(error) => {
                error!(target: TARGET, run_id, error = %format_args!("{error:#}"), ?duration, "Workflow failed");
            }
            RunEnding::Cancelled(error) => {
                warn!(target: TARGET, run_id, %error, ?duration, "Workflow cancelled")
            }
            RunEnding::TimedOut(error) => {
                error!(target: TARGET, run_id, %error, ?duration, "Workflow timed out")
            }
            RunEnding::Panicked(error) => {
                error!(target: TARGET, run_id, error = %format_args!("{error:#}"), ?duration, "Workflow panicked");
            }
            RunEnding::Dropped => {
                warn!(target: TARGET, workflow = %event.workflow, run_id, ?duration, "Workflow dropped before its end");
            }
        },
        EventKind::ObserverPanicked { message } => {
            error!(target: TARGET, run_id, message, "An observer panicked")
        }
        EventKind::StateEntered { .. }
        | EventKind::UndoStarted { .. }
        | EventKind::BatchStarted { .. }
        | EventKind::BatchEnded { .. }
        | EventKind::Schedule { .. } => {}
    }
}
