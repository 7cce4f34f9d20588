use std::{
    error::Error,
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

/// Fails the nth attempt, counted from 1 over all runs and visits: the attempts that it sees. Clones count together.
///
/// It is given to a workflow, or to one run, by `with_fault`, with the name of a state or of a task: so any task of a
/// table fails, those of nested workflows and undos too. What follows is what follows a real failure: retries, a
/// `#[catch]`, undos, events. The task is not called for such an attempt, and its limits are not asked.
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
/// A fake client or store asks it by [`check`](Self::check).
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

/// The error of a [`FailAt`] that was given no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Injected {
    /// Which attempt it is, counted from 1.
    pub attempt: u32,
}

impl FailAt {
    /// Fails these attempts.
    #[must_use]
    pub fn attempts(attempts: impl IntoIterator<Item = u32>) -> Self {
        Self::new(Which::These(attempts.into_iter().collect()))
    }

    /// Fails every attempt.
    #[must_use]
    pub fn always() -> Self {
        Self::new(Which::All)
    }

    fn new(which: Which) -> Self {
        Self { which, made: Arc::default(), error: Arc::new(|attempt| Injected { attempt }) }
    }
}

impl<E> FailAt<E> {
    /// Sets the error, which is made anew for each attempt that fails: that of the task, for a `#[catch]` to take.
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

    /// Counts an attempt.
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
    /// Where this attempt is to fail.
    pub fn check(&self) -> Result<(), E> {
        let attempt = self.made.fetch_add(1, Relaxed).saturating_add(1);
        if self.which.has(attempt) { Err((self.error)(attempt)) } else { Ok(()) }
    }

    /// Asserts that the attempts that were to fail were made: else the test shows nothing, or a name is misspelt.
    ///
    /// # Panics
    ///
    /// If one was not; of [`always`](FailAt::always), if there was none.
    #[track_caller]
    pub fn assert_made(&self) {
        let (made, last) = (self.made.load(Relaxed), self.which.last());
        assert!(made >= last, "attempt {last} was to fail, and {made} attempts were made");
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
        write!(f, "attempt {} was told to fail", self.attempt)
    }
}

impl Error for Injected {}
