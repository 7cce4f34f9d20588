//! Everything that happens is one event, and whoever listens disturbs nothing.

mod events;
mod faults;
mod measured;
mod observers;
mod several;
mod testing;
pub(crate) mod traced;

use std::time::Duration;

use cano::{Attempt, Event, EventKind, Observer, prelude::*};
use tokio::time::sleep;

use crate::log::{Busy, Log};

/// Each event as a line.
pub(crate) fn lines(log: &Log) -> impl Observer {
    let log = log.clone();
    move |event: &Event<'_>| {
        log.note(line(event));
    }
}

/// Leads to state 1.
struct Go;

#[async_trait]
impl Task<u32, Log> for Go {
    fn config(&self) -> TaskConfig {
        TaskConfig::with_fixed_retry(2, Duration::from_secs(1))
    }

    async fn run(&self, store: &Log) -> CanoResult<u32> {
        store.note("called");
        Ok(1)
    }
}

fn line(event: &Event<'_>) -> String {
    match event.kind {
        EventKind::RunStarted { state, index, parent } => {
            let index = index.map(|index| format!(" as {index}")).unwrap_or_default();
            let parent = if parent.is_some() { " within another" } else { "" };
            format!("{} starts in {state}{index}{parent}", event.workflow)
        }
        EventKind::StateEntered { state, visit, is_exit } => {
            let what = if is_exit { "exit" } else { "state" };
            format!("enter {what} {state}, visit {visit}")
        }
        EventKind::AttemptStarted { attempt, max_attempts } => {
            format!("try {} {} of {max_attempts}", task(&attempt), attempt.number)
        }
        EventKind::AttemptFailed { attempt, duration, error, next_delay } => {
            let next = next_delay.map_or("gives up".to_owned(), |delay| format!("again after {delay:?}"));
            let reason = error.find::<Busy>().map_or_else(|| error.to_string(), ToString::to_string);
            format!("{} {} failed in {duration:?}: {reason}; {next}", task(&attempt), attempt.number)
        }
        EventKind::AttemptSucceeded { attempt, duration } => {
            format!("{} {} succeeded in {duration:?}", task(&attempt), attempt.number)
        }
        EventKind::Caught { state, error, to } => {
            format!("{state} caught {}: {to}", error.find::<Busy>().is_some())
        }
        EventKind::Transition { from, to, outcome, duration, .. } => {
            let on = outcome.map(|on| format!(" on {on}")).unwrap_or_default();
            format!("{from} -> {to}{on} after {duration:?}")
        }
        EventKind::UndoStarted { state, task } => format!("undo {state} by {task}"),
        EventKind::Undone { state, task, duration, error } => {
            let how = if error.is_some() { "not undone" } else { "undone" };
            format!("{state} {how} by {task} in {duration:?}")
        }
        EventKind::Progress { attempt, done, total } => format!("{} did {done} of {total}", attempt.task),
        EventKind::RunEnded { end, duration, .. } => format!("end: {} after {duration:?}", end.label()),
        EventKind::BatchStarted { total } => format!("{total} runs"),
        EventKind::BatchEnded { succeeded, failed, cancelled, .. } => {
            format!("{succeeded} succeeded, {failed} failed, {cancelled} cancelled")
        }
        EventKind::ObserverPanicked { message } => format!("an observer panicked: {message}"),
        other => format!("{other:?}"),
    }
}

/// The task, and which item it is for.
fn task(attempt: &Attempt<'_>) -> String {
    let item = attempt.item.map(|item| format!("[{item}]")).unwrap_or_default();
    format!("{}{item}", attempt.task)
}

/// Takes a second, and fails as often as `n` says.
#[task(retry = fixed(2, "10s"))]
pub(crate) async fn work(n: &u32, cx: &Cx) -> CanoResult<Found> {
    sleep(Duration::from_secs(1)).await;
    if cx.attempt() <= *n {
        return Err(CanoError::task_execution(Busy(cx.attempt() as usize)));
    }
    Ok(if *n == 0 { Found::Much } else { Found::Little })
}

#[derive(Clone, Copy)]
pub(crate) enum Found {
    Much,
    Little,
}

#[task]
pub(crate) async fn tell(cx: &Cx) -> CanoResult<()> {
    cx.progress(1, 2);
    Ok(())
}

#[task]
pub(crate) async fn fails() -> CanoResult<()> {
    Err(CanoError::task_execution(Busy(0)))
}

#[task]
pub(crate) async fn panics() -> CanoResult<()> {
    panic!("a bug")
}

#[task]
pub(crate) async fn waits() -> CanoResult<()> {
    sleep(Duration::from_secs(3600)).await;
    Ok(())
}

workflow! {
    pub(crate) enum Search {
        #[start]
        #[catch(_ => Empty)]
        Look { n: u32 } = match work(n) { Much => Tell, Little => Empty },
        Tell = tell >> Told,
        #[exit] Told,
        #[exit] Empty,
    }
}

workflow! {
    pub(crate) enum Pair {
        #[start] Both { n: u32 } = match (work(n), tell()) { (Much, ()) => Yes, (_, ()) => No },
        #[exit] Yes,
        #[exit] No,
    }
}

workflow! {
    pub(crate) enum Outer {
        #[start] Within { n: u32 } = match Pair(n) { Yes => Done, No => Done },
        #[exit] Done,
    }
}

workflow! {
    pub(crate) enum Faulty {
        #[start] Both = match (waits, panics) { ((), ()) => Done },
        #[exit] Done,
    }
}
