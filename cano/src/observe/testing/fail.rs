use std::{
    error::Error,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

/// Makes chosen attempts fail. Attempts are counted from 1, over all runs and visits; clones share the count.
///
/// `with_fault` gives it to a workflow, or to one run, together with the name of a state or of a task. Any task of a
/// table can be made to fail, also those of nested workflows, and undos. The failure has the same consequences as a
/// real one: retries, a `#[catch]`, undos, events. For such an attempt the task is not called, and its limits are not
/// asked.
///
/// ```
/// use cano::{prelude::*, testing::FailAt};
///
/// #[task(retry = fixed(1, "1ms"))]
/// async fn save() -> CanoResult<()> { Ok(()) }
///
/// workflow! {
///     #[derive(Debug)]
///     enum Saving {
///         #[start]
///         #[catch(_ => Lost)]
///         Save = save >> Saved,
///         #[exit] Saved,
///         #[exit] Lost,
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> CanoResult<()> {
/// let faults = FailAt::attempts([1, 2]);
/// let workflow = Saving::workflow().with_fault("save", faults.clone());
/// let end = workflow.orchestrate(&MemoryStore::new()).await?;
/// assert!(matches!(end, SavingExit::Lost));
/// faults.assert_made();
///
/// // The third attempt is made.
/// let end = workflow.orchestrate(&MemoryStore::new()).await?;
/// assert!(matches!(end, SavingExit::Saved));
/// # Ok(())
/// # }
/// ```
///
/// A fake client or store of your own can call [`check`](Self::check).
pub struct FailAt<E = Injected> {
    which: Which,
    made: Arc<AtomicU32>,
    error: Arc<dyn Fn(u32) -> E + Send + Sync>,
}

#[derive(Clone, Debug)]
enum Which {
    These(Vec<u32>),
    All,
}

/// The error of a [`FailAt`], unless [`with_error`](FailAt::with_error) sets another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Injected {
    /// The attempt that failed, counted from 1.
    pub attempt: u32,
}

impl FailAt {
    /// Makes these attempts fail.
    #[must_use]
    pub fn attempts(attempts: impl IntoIterator<Item = u32>) -> Self {
        Self::new(Which::These(attempts.into_iter().collect()))
    }

    /// Makes every attempt fail.
    #[must_use]
    pub fn always() -> Self {
        Self::new(Which::All)
    }

    fn new(which: Which) -> Self {
        Self { which, made: Arc::default(), error: Arc::new(|attempt| Injected { attempt }) }
    }
}

impl<E> FailAt<E> {
    /// Sets the error, which is made anew for each attempt that fails: an error of the task, which a `#[catch]` can
    /// take.
    ///
    /// ```
    /// use cano::{prelude::*, testing::FailAt};
    /// use std::io::ErrorKind;
    ///
    /// let disk = FailAt::always().with_error(|| std::io::Error::from(ErrorKind::StorageFull));
    /// assert_eq!(disk.check().unwrap_err().kind(), ErrorKind::StorageFull);
    /// ```
    #[must_use]
    pub fn with_error<F>(self, error: impl Fn() -> F + Send + Sync + 'static) -> FailAt<F> {
        FailAt { which: self.which, made: self.made, error: Arc::new(move |_| error()) }
    }

    /// Counts an attempt, and fails if this one is to fail.
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
    ///
    /// # Errors
    ///
    /// The error, if this attempt is to fail.
    pub fn check(&self) -> Result<(), E> {
        let attempt = self.made.fetch_add(1, Relaxed).saturating_add(1);
        if self.which.has(attempt) { Err((self.error)(attempt)) } else { Ok(()) }
    }

    /// Asserts that the attempts that were to fail have been made. If not, the test shows nothing, or a name is
    /// misspelt.
    ///
    /// # Panics
    ///
    /// If one of them was not made; for [`always`](FailAt::always), if there was no attempt.
    #[track_caller]
    pub fn assert_made(&self) {
        let (made, last) = (self.made.load(Relaxed), self.which.last());
        assert!(made >= last, "attempt {last} was to fail, but only {made} of {last} attempts were made");
    }
}

impl Which {
    fn has(&self, attempt: u32) -> bool {
        match self {
            Self::These(attempts) => attempts.contains(&attempt),
            Self::All => true,
        }
    }

    /// The attempt after which this has shown what it is to show; 0 of none.
    fn last(&self) -> u32 {
        match self {
            Self::These(attempts) => attempts.iter().copied().max().unwrap_or(0),
            Self::All => 1,
        }
    }
}

// Not derived: that would ask for an error that can be cloned.
impl<E> Clone for FailAt<E> {
    fn clone(&self) -> Self {
        Self { which: self.which.clone(), made: Arc::clone(&self.made), error: Arc::clone(&self.error) }
    }
}

impl<E> fmt::Debug for FailAt<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FailAt").field("which", &self.which).field("made", &self.made).finish_non_exhaustive()
    }
}

impl fmt::Display for Injected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "attempt {} was made to fail", self.attempt)
    }
}

impl Error for Injected {}
