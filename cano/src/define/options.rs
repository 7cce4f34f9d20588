use std::{num::NonZeroU64, time::Duration};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::define::{
    event::{Observer, Observers},
    run_id::RunId,
    spans::GivenSpan,
};

/// Options for a single run: a token that cancels it, a time by which it has to be at an exit, its id, its observers.
///
/// A run that is cancelled or exceeds its time drops its task at the task's next `.await`, runs its undos, and returns
/// [`CanoError::Cancelled`](crate::CanoError::Cancelled) or
/// [`CanoError::DeadlineExceeded`](crate::CanoError::DeadlineExceeded), which no `#[catch]` takes. If the token is
/// cancelled before the run, the deadline has passed or the timeout is 0, the run ends before its first task.
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
    /// No options: only the settings of the workflow apply.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the token that cancels the run.
    pub fn with_cancellation(mut self, token: CancellationToken) -> Self {
        self.cancellation = Some(token);
        self
    }

    /// Sets how long the run may take, from its first poll. If the workflow has a timeout too, or
    /// [`with_deadline`](Self::with_deadline) is set, the earliest of them counts. A run that is done exactly at that
    /// moment is too late (whereas an attempt that is done exactly at its own timeout is in time).
    pub fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the instant by which the run has to be at an exit.
    pub fn with_deadline(mut self, deadline: Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets how long the undos of the run may take, all of them together, from the moment in which the first one is
    /// due. When the time is over, the undo under way is dropped and the others are not begun; each of these is an
    /// [`UndoTimeout`](crate::UndoTimeout) in [`NotUndone::failures`](crate::NotUndone::failures). If the workflow has
    /// such a timeout too, the shorter one counts.
    ///
    /// A run nested in this one has the same time for its own undos, unless its workflow sets a shorter one. By default
    /// only the timeouts and retries of the undos themselves limit them.
    pub fn with_undo_timeout(mut self, timeout: Duration) -> Self {
        self.undo_timeout = Some(timeout);
        self
    }

    /// Sets the run's id, from which its idempotency keys are made. With the id of an earlier run, this one repeats
    /// that run under the same keys. An id can be kept as text: [`RunId`] prints and parses.
    pub fn with_run_id(mut self, id: RunId) -> Self {
        self.run_id = Some(id);
        self
    }

    /// Adds an observer of this run, in addition to those of its workflow.
    pub fn with_observer(mut self, observer: impl Observer) -> Self {
        self.observers.add(observer);
        self
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
