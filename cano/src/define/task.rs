use std::{future::Future, pin::Pin, time::Duration};

use async_trait::async_trait;

use crate::define::{attempts::Attempts, cx::Cx, error::CanoError, retry::TaskConfig, store::MemoryStore};

/// A boxed future, as `#[async_trait]` makes it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The work of one state: it yields the next one.
///
/// Write the impl with `#[async_trait]` (or `#[task]`, which does the same) and hand it to
/// [`Workflow::register`](crate::Workflow::register). Where a plain function does, write that and put `#[task]` on
/// it: it needs no type, and its outcome is not bound to the states of one workflow.
///
/// It has three retries unless [`config`](Self::config) says otherwise. An error type of one's own becomes a
/// [`CanoError`] by `.map_err(CanoError::task_execution)?`, or by an `impl From<MyError> for CanoError`.
///
/// An impl is over one state type and one store type: one that is generic over either overlaps with "every
/// [`Node`](crate::Node) is a task".
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

    /// One attempt.
    ///
    /// # Errors
    ///
    /// The task's own. It is attempted again as [`config`](Self::config) says, unless the error
    /// [is permanent](CanoError::is_permanent).
    ///
    /// # Cancel safety
    ///
    /// A run that is dropped drops this future where it stands.
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
pub trait AnyStoreTask: Send + Sync + 'static {
    /// What it yields.
    type Outcome: 'static;

    /// As [`Task::config`].
    fn config(&self) -> TaskConfig;

    /// As `Task::attempts`.
    fn attempts<'a>(&'a self, cx: &'a Cx) -> Attempts<'a, Self::Outcome>;
}
