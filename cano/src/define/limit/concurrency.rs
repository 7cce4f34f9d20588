use std::fmt;

use tokio::sync::Semaphore;

use super::{Admission, End, Limit, Permit, queue::Waiting};
use crate::define::cx::Cx;

/// Bounds how many attempts there are at the same time, over all the tasks and runs that name it: a bulkhead.
///
/// Attempts beyond the limit wait, first come, first served. A wait costs one allocation; an attempt that need not wait
/// allocates nothing.
///
/// If both the row and the task name the limit, the attempt takes one place. But an attempt that holds the last place
/// and waits for another one, by [`within`](super::within) or in a nested workflow, waits for itself, until a timeout
/// or the run's deadline ends it.
///
/// ```
/// use cano::{Cx, limit::{ConcurrencyLimit, Limit}};
///
/// static BANK: ConcurrencyLimit = ConcurrencyLimit::new(4);
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> cano::CanoResult<()> {
/// let cx = Cx::detached();
/// let permit = BANK.acquire(&cx).await?;
/// assert_eq!(BANK.running(), 1);
/// permit.succeeded();
/// assert_eq!(BANK.running(), 0);
/// # Ok(())
/// # }
/// ```
pub struct ConcurrencyLimit {
    // Permits go to those who wait before anybody else can take one, so trying first overtakes nobody.
    free: Semaphore,
    max: usize,
    waiting: Waiting,
}

impl ConcurrencyLimit {
    /// At most `max` attempts at the same time.
    ///
    /// # Panics
    ///
    /// If `max` is 0; in a `static` this is a compile error.
    #[must_use]
    pub const fn new(max: usize) -> Self {
        assert!(max > 0, "a concurrency limit of 0 would let no attempt begin: give at least 1");
        // More cannot be counted, and would be no limit.
        let max = if max > Semaphore::MAX_PERMITS { Semaphore::MAX_PERMITS } else { max };
        Self { free: Semaphore::const_new(max), max, waiting: Waiting::new() }
    }

    /// How many attempts there may be at the same time.
    #[must_use]
    pub const fn max(&self) -> usize {
        self.max
    }

    /// How many attempts hold a place now.
    #[must_use]
    pub fn running(&self) -> usize {
        self.max - self.free.available_permits()
    }

    /// How many attempts wait for a place now.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.count()
    }

    async fn wait(&self) -> Permit<'_> {
        let _waits = self.waiting.wait();
        self.free.acquire().await.expect("nobody closes it").forget();
        Permit::new(self, 0)
    }
}

impl Limit for ConcurrencyLimit {
    fn acquire<'a>(&'a self, _: &'a Cx) -> Admission<'a> {
        match self.free.try_acquire() {
            Ok(free) => {
                // `ended` gives it back.
                free.forget();
                Admission::now(Ok(Permit::new(self, 0)))
            }
            Err(_) => Admission::later(async { Ok(self.wait().await) }),
        }
    }

    fn ended(&self, _: u64, _: End<'_>) {
        self.free.add_permits(1);
    }
}

impl fmt::Debug for ConcurrencyLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConcurrencyLimit")
            .field("max", &self.max)
            .field("running", &self.running())
            .field("waiting", &self.waiting())
            .finish()
    }
}
