//! What goes wrong, by what the caller can do about it.

mod any_failed;
mod causes;
mod circuit;
mod convert;
mod fault;
mod not_undone;
mod panicked;
mod place;
mod report;
mod stopped;
mod task;
mod transition_limit;
mod undo_timeout;
mod unregistered;

use std::{error::Error, sync::Arc, time::Duration};

use crate::define::store::StoreError;

pub(crate) use self::circuit::Refusal;
pub use self::{
    any_failed::AnyFailed,
    circuit::CircuitOpen,
    convert::IntoTaskError,
    fault::{Fault, InvalidWorkflow},
    not_undone::NotUndone,
    panicked::Panicked,
    place::{Phase, Place},
    stopped::{AttemptTimeout, Cancelled, DeadlineExceeded},
    task::TaskError,
    transition_limit::TransitionLimit,
    undo_timeout::UndoTimeout,
    unregistered::UnregisteredState,
};

pub(crate) use self::{panicked::panic_message, stopped::Stop};

/// Any error. A task that returns it can use `?` on errors of different types.
pub type BoxError = Box<dyn Error + Send + Sync + 'static>;

/// A [`Result`] with a [`CanoError`], into which `?` converts a [`BoxError`] and common errors of std and tokio. A task
/// with other errors may return those, or a [`BoxError`].
pub type CanoResult<T> = Result<T, CanoError>;

/// Why a run ended without reaching an exit. The variants differ in what the caller can do about them.
///
/// The error of a run says where it happened (workflow, state, task, attempts). The task's own error is its
/// [`source`](Error::source), and [`find`](Self::find) finds it by its type.
///
/// A `#[catch]` of a table can take the error of a row's task, including [`AttemptTimeout`](Self::AttemptTimeout) and
/// [`CircuitOpen`](Self::CircuitOpen). It cannot take a panic, or what ends a run from outside of its tasks: a
/// cancellation, a deadline, the limit of transitions.
///
/// An error of yours becomes one by `.map_err(CanoError::task_execution)?`, or by an `impl From<MyError> for CanoError`.
/// A `#[task]` need not do that: it may return any error.
///
/// `{}` prints one line without the causes, `{:#}` one line with them, and `{:?}` a report with one line for each.
///
/// ```
/// use cano::prelude::*;
///
/// let error = CanoError::from("12x".parse::<u32>().unwrap_err());
/// assert!(error.find::<std::num::ParseIntError>().is_some());
/// assert_eq!(error.to_string(), "invalid digit found in string");
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub enum CanoError {
    /// A task failed in its last attempt: its own error says why. Whether to run again is the caller's choice.
    Task(TaskError),
    /// A task panicked: it has a bug. This run is over; others are not affected.
    Panicked(Panicked),
    /// The last attempt took longer than its timeout: give it more time, or find out what it waits for.
    AttemptTimeout(AttemptTimeout),
    /// The run was not at an exit by its deadline.
    DeadlineExceeded(DeadlineExceeded),
    /// The run was cancelled.
    Cancelled(Cancelled),
    /// The run failed, and an undo failed too: somebody has to look at what was not undone.
    NotUndone(NotUndone),
    /// The definition of the workflow is wrong: change the program.
    Invalid(InvalidWorkflow),
    /// A run reached a state of a [`Workflow`](crate::Workflow) that nobody registered: register a task for it,
    /// or add it as an exit state.
    UnregisteredState(UnregisteredState),
    /// The run made as many transitions as it may: it moves in a cycle, or the limit is too low.
    TransitionLimit(TransitionLimit),
    /// A task was not attempted, because the circuit breaker of the service it calls is open: run again later.
    CircuitOpen(CircuitOpen),
    /// A step was not undone within the time for the undos of its run. It is only found among the failures of
    /// [`NotUndone`](Self::NotUndone).
    UndoTimeout(UndoTimeout),
}

impl CanoError {
    /// The failure of a task; the reason is a message or an error.
    #[must_use]
    pub fn task_execution(error: impl Into<BoxError>) -> Self {
        Self::raise(error.into())
    }

    /// The failure of a node in its `exec` phase; the reason is a message or an error.
    #[must_use]
    pub fn node_execution(error: impl Into<BoxError>) -> Self {
        Self::raise(error.into()).in_phase(Phase::Exec)
    }

    /// The failure of a node in its `prep` phase; the reason is a message or an error.
    #[must_use]
    pub fn preparation(error: impl Into<BoxError>) -> Self {
        Self::raise(error.into()).in_phase(Phase::Prep)
    }

    /// A mistake in the configuration. It is permanent: a task that returns it is not attempted again.
    #[must_use]
    pub fn configuration(reason: impl Into<String>) -> Self {
        Self::Invalid(InvalidWorkflow::new(None, vec![Fault::Other(reason.into())]))
    }

    /// A failure that another attempt cannot mend: whatever its policy, the task is not attempted again.
    #[must_use]
    pub fn permanent(error: impl Into<BoxError>) -> Self {
        Self::raise(error.into()).once()
    }

    /// Sets how long to wait before the next attempt, in place of the policy's delay.
    ///
    /// The policy still decides whether there is a next attempt. Only the failure of a task can carry a delay; any
    /// other error is unchanged.
    ///
    /// ```
    /// use cano::prelude::*;
    ///
    /// let busy = CanoError::task_execution("429 Too Many Requests").retry_after(Duration::from_secs(30));
    /// assert_eq!(busy.delay(), Some(Duration::from_secs(30)));
    /// ```
    #[must_use]
    pub fn retry_after(self, delay: Duration) -> Self {
        match self {
            Self::Task(error) => Self::Task(error.with_retry_after(delay)),
            other => other,
        }
    }

    /// Whether another attempt is pointless.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Task(error) => error.is_permanent(),
            Self::AttemptTimeout(_) | Self::DeadlineExceeded(_) => false,
            Self::Panicked(_)
            | Self::Cancelled(_)
            | Self::NotUndone(_)
            | Self::Invalid(_)
            | Self::UnregisteredState(_)
            | Self::TransitionLimit(_)
            | Self::CircuitOpen(_)
            | Self::UndoTimeout(_) => true,
        }
    }

    /// The delay that [`retry_after`](Self::retry_after) set.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        match self {
            Self::Task(error) => error.delay(),
            _ => None,
        }
    }

    /// The first error of type `E` among this error and its causes. The errors in the list of an [`AnyFailed`] are causes,
    /// too; those in [`NotUndone::failures`] are not.
    ///
    /// ```
    /// use cano::{CanoError, StoreError, MemoryStore};
    ///
    /// let missing = MemoryStore::new().get::<u32>("count").unwrap_err();
    /// assert!(CanoError::from(missing).find::<StoreError>().is_some());
    /// ```
    #[must_use]
    pub fn find<E: Error + 'static>(&self) -> Option<&E> {
        self.causes().next()
    }

    /// All of them, for a `#[catch]` with a pattern that not every one of them matches.
    #[doc(hidden)]
    pub fn causes<E: Error + 'static>(&self) -> impl Iterator<Item = &E> {
        causes::Causes::of(self)
    }

    /// A task's error, which is not wrapped if it is one of ours.
    fn raise(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(ours) => *ours,
            Err(source) => {
                let wrong_type = matches!(source.downcast_ref(), Some(StoreError::WrongType { .. }));
                let raised = Self::Task(TaskError::raised(source));
                if wrong_type { raised.once() } else { raised }
            }
        }
    }

    /// A word for what it is.
    #[cfg(feature = "tracing")]
    pub(crate) const fn label(&self) -> &'static str {
        match self {
            Self::Task(_) => "task",
            Self::Panicked(_) => "panicked",
            Self::AttemptTimeout(_) => "attempt_timeout",
            Self::DeadlineExceeded(_) => "deadline_exceeded",
            Self::Cancelled(_) => "cancelled",
            Self::NotUndone(_) => "not_undone",
            Self::Invalid(_) => "invalid",
            Self::UnregisteredState(_) => "unregistered_state",
            Self::TransitionLimit(_) => "transition_limit",
            Self::CircuitOpen(_) => "circuit_open",
            Self::UndoTimeout(_) => "undo_timeout",
        }
    }

    /// Whether a panic is its cause, in a nested run for instance.
    pub(crate) fn is_panic(&self) -> bool {
        match self {
            Self::Panicked(_) => true,
            Self::NotUndone(error) => error.cause().is_panic(),
            Self::Task(error) => error.cause().downcast_ref::<Self>().is_some_and(Self::is_panic),
            _ => false,
        }
    }

    /// Marks as permanent.
    pub(crate) fn once(self) -> Self {
        match self {
            Self::Task(error) => Self::Task(error.once()),
            permanent => permanent,
        }
    }

    /// Says in which phase of a node it happened, unless it says so already.
    pub(crate) fn in_phase(self, phase: Phase) -> Self {
        match self {
            Self::Task(error) => Self::Task(error.in_phase(phase)),
            other => other,
        }
    }

    /// With what was done and could not be undone, if there is any.
    pub(crate) fn not_undone(self, mut failures: Vec<Self>) -> Self {
        if failures.is_empty() {
            return self;
        }
        let cause = match self {
            Self::NotUndone(earlier) => {
                failures.splice(0..0, earlier.failures().iter().cloned());
                earlier.cause().clone()
            }
            cause => cause,
        };
        Self::NotUndone(NotUndone::new(cause, failures))
    }

    /// Says where it happened and after how many attempts. An error that already has a place, which is that of
    /// a nested run, becomes the cause of the new one.
    pub(crate) fn at(self, place: Place, attempts: u32) -> Self {
        Self::Task(match self {
            // One without a place, or the very error of this task, which its fallback hands on.
            Self::Task(error) if error.place().is_none_or(|known| *known == place) => {
                error.at(place, attempts)
            }
            // It says where by itself, unless it is a nested run's.
            Self::AttemptTimeout(error) if *error.place() == place => return Self::AttemptTimeout(error),
            // It was no attempt, so it is no failure of the task's.
            Self::CircuitOpen(open) if open.place() == Some(&place) => return Self::CircuitOpen(open),
            other => {
                let raised = TaskError::raised(Box::new(other.clone()));
                if other.is_permanent() { raised.once() } else { raised }.at(place, attempts)
            }
        })
    }
}

impl Error for CanoError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Task(error) => Some(error.cause()),
            Self::NotUndone(error) => Some(error.cause()),
            Self::CircuitOpen(error) => error.source(),
            _ => None,
        }
    }
}

/// A name in an error: known at build time for a table, made at run time for the builder.
pub(crate) type Name = std::borrow::Cow<'static, str>;

/// Changes what an `Arc` holds, in place where nobody else holds it.
fn change<T>(shared: Arc<T>, again: impl FnOnce(Arc<T>) -> T, edit: impl FnOnce(&mut T)) -> Arc<T> {
    let mut owned = match Arc::try_unwrap(shared) {
        Ok(owned) => owned,
        Err(shared) => again(shared),
    };
    edit(&mut owned);
    Arc::new(owned)
}
