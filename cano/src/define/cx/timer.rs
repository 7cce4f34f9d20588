use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use tokio::time::{Instant, Sleep, sleep_until};

/// The timer of an attempt. The next attempt that waits takes it over.
pub(crate) struct Timer {
    sleep: Pin<Box<Sleep>>,
    /// Whose it is: the number of the transition that entered its state, and of the attempt.
    attempt: (u64, u32),
    timeout: Duration,
}

impl Timer {
    /// That of this attempt, which first waits now unless `last` is its own. `None` if it may take for ever.
    pub(super) fn of(
        attempt: (u64, u32),
        last: Option<Self>,
        timeout: impl FnOnce() -> Option<Duration>,
    ) -> Option<Self> {
        if last.as_ref().is_some_and(|last| last.attempt == attempt) {
            return last;
        }
        let timeout = timeout()?;
        let deadline = Instant::now().checked_add(timeout)?;
        let sleep = match last {
            Some(Self { mut sleep, .. }) => {
                sleep.as_mut().reset(deadline);
                sleep
            }
            None => Box::pin(sleep_until(deadline)),
        };
        Some(Self { sleep, attempt, timeout })
    }

    pub(crate) fn poll(&mut self, waker: &mut Context<'_>) -> Poll<()> {
        self.sleep.as_mut().poll(waker)
    }

    pub(crate) fn deadline(&self) -> Instant {
        self.sleep.deadline()
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.timeout
    }
}
