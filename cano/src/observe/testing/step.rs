use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::{Arc, OnceLock},
    task::Poll,
};

use crate::{
    define::{
        error::CanoError,
        event::{Event, EventKind},
        options::RunOptions,
        run_id::RunId,
    },
    run::{Bounds, Machine, run},
};

/// The result of [`step`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stepped {
    /// The name of the state that comes next.
    pub to: String,
    /// The pattern of the outcome, as in the table, if only one leads there; the builder has no outcomes.
    pub outcome: Option<String>,
    /// Whether an error led there, through a `#[catch]`.
    pub is_caught: bool,
}

/// Runs a single state of a workflow: its task, with its retries, up to the transition. It returns the state that comes
/// next. Nothing of that state runs, and nothing is undone.
///
/// ```
/// use cano::{prelude::*, testing::step};
///
/// #[task]
/// async fn double(n: u32) -> CanoResult<bool> { Ok(n * 2 > 10) }
///
/// workflow! {
///     enum Doubling {
///         #[start] Double { n: u32 } = match double(n) { true => Large, false => Small },
///         #[exit] Large,
///         #[exit] Small,
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> CanoResult<()> {
/// let stepped = step(&Doubling::workflow(), Doubling::Double { n: 7 }, &MemoryStore::new()).await?;
/// assert_eq!((stepped.to.as_str(), stepped.outcome.as_deref()), ("Large", Some("true")));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// The error of the last attempt, if no `#[catch]` takes it. For an exit, an error that says that it has no task.
///
/// # Cancel safety
///
/// Dropping the future ends the run where it stands.
pub async fn step<M: Machine>(workflow: &M, state: M::State, store: &M::Store) -> Result<Stepped, CanoError> {
    let name = workflow.state_name(&state);
    let (id, stepped) = (RunId::next(), Arc::new(OnceLock::new()));
    let seen = Arc::clone(&stepped);
    let see = move |event: &Event<'_>| {
        if let EventKind::Transition { to, outcome, is_caught, .. } = event.kind
            && event.run == Some(id)
        {
            // A nested run makes its own, which are not this one's.
            let _ = seen.set(Stepped { to: to.to_owned(), outcome: outcome.map(str::to_owned), is_caught });
        }
    };
    let options = RunOptions { is_stepwise: true, ..RunOptions::new() }.with_run_id(id).with_observer(see);
    let bounds = Bounds::new(workflow.settings(), Some(options));
    let mut run = pin!(run(workflow, state, store, bounds, |end| end.map(|_| ())));
    let end = poll_fn(|waker| match run.as_mut().poll(waker) {
        Poll::Pending if stepped.get().is_some() => Poll::Ready(Ok(())),
        end => end,
    });
    end.await?;
    stepped
        .get()
        .cloned()
        .ok_or_else(|| CanoError::configuration(format!("state `{name}` is an exit: it has no task to run")))
}
