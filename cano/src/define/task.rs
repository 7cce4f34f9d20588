use std::{future::Future, pin::Pin, time::Duration};

use async_trait::async_trait;

use crate::define::{attempts::Attempts, cx::Cx, error::CanoError, retry::TaskConfig, store::MemoryStore};

/// A boxed future, as `#[async_trait]` returns it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The work of one state of a [`Workflow`](crate::Workflow): it returns the next state.
///
/// Write the impl with `#[async_trait]` (or `#[task]`, which does the same), and register it by
/// [`Workflow::register`](crate::Workflow::register). Often a plain function with `#[task]` will do: it needs no type,
/// and its outcome is not tied to the states of one workflow. Here `run` is not told its [`Cx`]. A task with fields that
/// needs it is a `#[task] impl Count { async fn run(&self, store: &MemoryStore, cx: &Cx) -> .. }`, and is registered in
/// the same way.
///
/// A task has three retries unless [`config`](Self::config) says otherwise. Your own error type becomes a [`CanoError`]
/// by `.map_err(CanoError::task_execution)?`, or by an `impl From<MyError> for CanoError`.
///
/// Write an impl for one state type and one store type. An impl that is generic over either would overlap with the one
/// that makes every [`Node`](crate::Node) a task.
///
/// ```
/// use cano::prelude::*;
///
/// struct Count;
///
/// #[async_trait]
/// impl Task<String> for Count {
///     async fn run(&self, store: &MemoryStore) -> Result<String, CanoError> {
///         let n: u32 = store.get("n")?;
///         store.put("n", n + 1)?;
///         Ok("done".to_string())
///     }
/// }
/// ```
#[async_trait]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a task that yields `{S}` over the store `{Store}`",
    label = "not such a task",
    note = "write `impl Task<{S}, {Store}> for {Self}` with `#[async_trait]`, or put `#[task]` on a function that returns `Result<{S}, _>`"
)]
pub trait Task<S: Send + 'static, Store: ?Sized + Send + Sync + 'static = MemoryStore>: Send + Sync {
    /// How often a failed attempt is repeated: by default 3 times, with exponential backoff.
    fn config(&self) -> TaskConfig {
        TaskConfig::default()
    }

    /// Makes one attempt.
    ///
    /// # Errors
    ///
    /// The task's own error. The task is attempted again as [`config`](Self::config) says, unless the error
    /// [is permanent](CanoError::is_permanent).
    ///
    /// # Cancel safety
    ///
    /// This future is dropped at an `.await` if the attempt times out, or if the run is cancelled, exceeds its deadline
    /// or is dropped.
    async fn run(&self, store: &Store) -> Result<S, CanoError>;

    /// The timeout of an attempt, where the task does not see to it itself.
    #[doc(hidden)]
    fn timeout(&self) -> Option<Duration> {
        self.config().attempt_timeout()
    }

    /// Attempts that are told where they stand; what the engine calls.
    #[doc(hidden)]
    fn attempts<'a>(&'a self, store: &'a Store, cx: &'a Cx) -> Attempts<'a, S> {
        let _ = cx;
        Attempts::One(self.run(store))
    }
}

/// A `#[task]` that has no store, and so is one for every store.
///
/// It is no blanket impl of [`Task`] because that would overlap with "every node is a task".
#[doc(hidden)]
pub trait AnyStoreTask {
    /// What it yields.
    type Outcome: 'static;

    /// As [`Task::config`].
    fn config(&self) -> TaskConfig;

    /// As `Task::attempts`.
    fn attempts<'a>(&'a self, cx: &'a Cx) -> Attempts<'a, Self::Outcome>;
}
