use std::{num::NonZeroU64, time::Duration};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::define::{
    cx::{Cx, RunId},
    event::{Observer, Observers},
    spans::GivenSpan,
};

/// What bounds one run: a token that cancels it, and a time by which it has to be at an exit.
///
/// A run that is ended so drops its task at the task's next `.await`, runs its undos, and yields
/// [`CanoError::Cancelled`](crate::CanoError::Cancelled) or
/// [`CanoError::DeadlineExceeded`](crate::CanoError::DeadlineExceeded), which no `#[catch]` takes. A token that is
/// cancelled before the run, a deadline in the past or a timeout of 0 ends it before its first task.
///
/// ```
/// use cano::{CancellationToken, CanoError, RunOptions, prelude::*};
///
/// #[task]
/// async fn wait() -> CanoResult<()> {
///     std::future::pending().await
/// }
///
/// workflow! {
///     enum Waiting {
///         #[start] Wait = wait >> Done,
///         #[exit] Done,
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let token = CancellationToken::new();
/// let options = RunOptions::new().with_cancellation(token.clone()).with_timeout(Duration::from_secs(60));
/// token.cancel();
/// let end = Waiting::workflow().orchestrate_with(Waiting::Wait, &MemoryStore::new(), options).await;
/// assert!(matches!(end, Err(CanoError::Cancelled(_))));
/// # }
/// ```
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct RunOptions {
    pub(crate) cancellation: Option<CancellationToken>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Instant>,
    pub(crate) undo_timeout: Option<Duration>,
    pub(crate) run_id: Option<RunId>,
    /// The token of the attempt that this run is, where it is a nested one.
    pub(crate) attempt_token: Option<CancellationToken>,
    pub(crate) observers: Observers,
    pub(crate) span: GivenSpan,
    /// Which of several runs at once it is.
    pub(crate) index: Option<usize>,
    /// The run that it is an attempt of, where it is a nested one.
    pub(crate) parent: Option<RunId>,
    /// Lets others look after each transition.
    pub(crate) is_stepwise: bool,
}

impl RunOptions {
    /// A run that nothing bounds but its workflow's own settings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the token that cancels the run.
    pub fn with_cancellation(mut self, token: CancellationToken) -> Self {
        self.cancellation = Some(token);
        self
    }

    /// Sets how long the run may take, from its first poll. A run that is done in the very moment is too late; an
    /// attempt that is done in the moment of its own timeout is not. Of this, the workflow's own timeout and
    /// [`with_deadline`](Self::with_deadline) the earliest counts.
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets until when the run may go on.
    pub fn with_deadline(mut self, deadline: Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets how long all the undos of the run may take, from the moment in which the first of them is due. Then the one
    /// that is under way is dropped, and those that have not begun do not; each is in
    /// [`NotUndone::failures`](crate::NotUndone::failures), as an [`UndoTimeout`](crate::UndoTimeout). Of this and
    /// the workflow's own the shorter one counts.
    ///
    /// A run nested in this one has as much time for its own undos, unless it says less. Without any there is no limit
    /// but those of the undos themselves: their timeouts and retries.
    pub fn with_undo_timeout(mut self, timeout: Duration) -> Self {
        self.undo_timeout = Some(timeout);
        self
    }

    /// Sets the run's id, from which its idempotency keys are made: the id of an earlier run, to do it again with
    /// the same keys.
    pub fn with_run_id(mut self, id: RunId) -> Self {
        self.run_id = Some(id);
        self
    }

    /// Adds an observer of this run, beside those of its workflow.
    pub fn with_observer(mut self, observer: impl Observer) -> Self {
        self.observers.add(observer);
        self
    }

    /// For the run of a workflow that is the task of an attempt.
    pub(crate) fn nested(cx: &Cx) -> Self {
        let options =
            Self { run_id: Some(cx.nested_run()), attempt_token: cx.token_if_any(), ..Self::default() };
        match cx.watch() {
            None => options,
            Some(watch) => {
                let (observers, parent, span) = watch.handed_on();
                Self { observers, parent: Some(parent), span, ..options }
            }
        }
    }

    /// Of which the tokens of the attempts are children.
    pub(crate) fn parent_token(&self) -> Option<CancellationToken> {
        self.cancellation.clone().or_else(|| self.attempt_token.clone())
    }
}

/// What a workflow says of each of its runs.
#[derive(Clone, Debug, Default)]
#[doc(hidden)]
pub struct Settings {
    pub(crate) transition_limit: Option<NonZeroU64>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) undo_timeout: Option<Duration>,
    pub(crate) observers: Observers,
    pub(crate) span: GivenSpan,
}

impl Settings {
    pub(crate) const fn none() -> Self {
        Self {
            transition_limit: None,
            timeout: None,
            undo_timeout: None,
            observers: Observers::none(),
            span: GivenSpan::none(),
        }
    }
}
