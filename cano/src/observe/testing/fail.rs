use std::{
    error::Error,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use crate::define::{
    attempts::Attempts,
    cx::Cx,
    error::CanoError,
    retry::TaskConfig,
    workflow::{Attempt, IntoTask},
};

/// Fails the nth attempt, counted from 1 over all runs and visits: the attempts that one value of it sees.
///
/// A fake client or store asks it by [`check`](Self::check); a task of the builder is wrapped by [`of`](Self::of).
///
/// ```
/// use cano::{prelude::*, testing::FailAt};
///
/// struct FakeBank { faults: FailAt }
///
/// impl FakeBank {
///     fn charge(&self) -> Result<(), BoxError> {
///         self.faults.check()?;
///         Ok(())
///     }
/// }
///
/// let bank = FakeBank { faults: FailAt::attempts([2]) };
/// assert!(bank.charge().is_ok());
/// assert!(bank.charge().is_err());
/// assert!(bank.charge().is_ok());
/// ```
#[derive(Debug, Default)]
pub struct FailAt {
    attempts: Vec<u32>,
    made: AtomicU32,
}

/// The error of [`FailAt`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Injected {
    /// Which attempt it is, counted from 1.
    pub attempt: u32,
}

/// A task that fails when told.
#[derive(Debug)]
pub struct Failing<T> {
    task: T,
    faults: FailAt,
}

impl FailAt {
    /// Fails these attempts.
    pub fn attempts(attempts: impl IntoIterator<Item = u32>) -> Self {
        Self { attempts: attempts.into_iter().collect(), made: AtomicU32::new(0) }
    }

    /// Counts an attempt.
    ///
    /// # Errors
    ///
    /// [`Injected`], where this attempt is to fail.
    pub fn check(&self) -> Result<(), Injected> {
        let attempt = self.made.fetch_add(1, Relaxed) + 1;
        if self.attempts.contains(&attempt) { Err(Injected { attempt }) } else { Ok(()) }
    }

    /// `task`, whose attempts fail so; those are not made. For [`Workflow::register`](crate::Workflow::register).
    ///
    /// ```
    /// use cano::{prelude::*, testing::FailAt};
    ///
    /// #[task(retry = fixed(2, "1ms"))]
    /// async fn save() -> CanoResult<&'static str> { Ok("saved") }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> CanoResult<()> {
    /// let mut workflow = Workflow::<&str>::new("save");
    /// workflow.register("save", FailAt::attempts([1, 2]).of(save {})).add_exit_state("saved");
    /// assert_eq!(workflow.orchestrate(&MemoryStore::new()).await?, "saved");
    /// # Ok(())
    /// # }
    /// ```
    pub fn of<T>(self, task: T) -> Failing<T> {
        Failing { task, faults: self }
    }
}

/// What [`Failing`] wraps is a task of the kind `M`.
#[derive(Debug)]
pub struct FailingOf<M>(M);

impl<S, Store, T, M> IntoTask<S, Store, FailingOf<M>> for Failing<T>
where
    S: Send + 'static,
    Store: ?Sized + Send + Sync + 'static,
    T: IntoTask<S, Store, M>,
{
    fn into_task(self) -> (Arc<dyn Attempt<S, Store>>, &'static str) {
        let (task, name) = self.task.into_task();
        (Arc::new(Wrapped { task, faults: self.faults }), name)
    }
}

struct Wrapped<S, Store: ?Sized> {
    task: Arc<dyn Attempt<S, Store>>,
    faults: FailAt,
}

impl<S: Send + 'static, Store: ?Sized + Send + Sync + 'static> Attempt<S, Store> for Wrapped<S, Store> {
    fn config(&self) -> TaskConfig {
        self.task.config()
    }

    fn timeout(&self) -> Option<Duration> {
        self.task.timeout()
    }

    fn attempts<'a>(&'a self, store: &'a Store, cx: &'a Cx) -> Attempts<'a, S> {
        match self.faults.check() {
            Ok(()) => Attempts::One(Box::pin(self.task.attempts(store, cx))),
            Err(injected) => {
                Attempts::One(Box::pin(std::future::ready(Err(CanoError::task_execution(injected)))))
            }
        }
    }
}

impl fmt::Display for Injected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "attempt {} was told to fail", self.attempt)
    }
}

impl Error for Injected {}
