use std::time::Duration;

use tokio::time::Instant;

use super::RunCounts;

/// How long to wait for concurrent runs. Runs that have not ended by then are cancelled, and awaited.
///
/// ```
/// use cano::prelude::*;
///
/// /// Downloads a file from a mirror; a mirror with a larger number is slower.
/// #[task]
/// async fn download(mirror: u64) -> Result<(), BoxError> {
///     tokio::time::sleep(Duration::from_secs(mirror)).await;
///     Ok(())
/// }
///
/// workflow! {
///     enum Fetching {
///         #[start] Ask { mirror: u64 } = download(mirror) >> Done,
///         #[exit] Done,
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let mirrors: Vec<_> = (1..=5).map(|mirror| Fetching::Ask { mirror }).collect();
/// let runs = Fetching::workflow().concurrent((mirrors, MemoryStore::new()));
/// let first = WaitStrategy::WaitQuotaOrDuration { quota: 1, duration: Duration::from_secs(10) };
/// let (results, status) = runs.execute(first).await;
/// assert!(results[0].is_success());
/// assert_eq!((status.completed, status.cancelled), (1, 4));
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitStrategy {
    /// Until every run has ended.
    WaitForever,
    /// Until this many runs have succeeded, or can no longer succeed. With 0 the wait is over at once, and nothing
    /// starts. A number larger than that of the runs means all of them.
    WaitForQuota(usize),
    /// At most this long. With a duration of zero nothing starts.
    WaitDuration(Duration),
    /// Until one or the other.
    WaitQuotaOrDuration {
        /// How many runs have to succeed.
        quota: usize,
        /// How long to wait at most.
        duration: Duration,
    },
}

impl WaitStrategy {
    /// When the wait ends, whatever has happened; `None` for never.
    pub(super) fn deadline(self, began: Instant) -> Option<Instant> {
        match self {
            Self::WaitDuration(duration) | Self::WaitQuotaOrDuration { duration, .. } => {
                began.checked_add(duration)
            }
            Self::WaitForever | Self::WaitForQuota(_) => None,
        }
    }

    /// Whether enough has ended.
    pub(super) fn is_met(self, counts: RunCounts) -> bool {
        let quota = match self {
            Self::WaitForQuota(quota) | Self::WaitQuotaOrDuration { quota, .. } => quota,
            Self::WaitForever | Self::WaitDuration(_) => return counts.open() == 0,
        };
        let is_possible = counts.succeeded + counts.open() >= quota;
        counts.open() == 0 || counts.succeeded >= quota || (!is_possible && quota <= counts.total)
    }
}

#[cfg(test)]
mod tests {
    use super::{RunCounts, WaitStrategy::*};

    fn counts(total: usize, succeeded: usize, failed: usize) -> RunCounts {
        RunCounts { total, succeeded, failed, ..RunCounts::default() }
    }

    #[test]
    fn a_quota_counts_successes_and_ends_when_they_have_become_impossible() {
        assert!(!WaitForQuota(2).is_met(counts(5, 1, 0)));
        assert!(WaitForQuota(2).is_met(counts(5, 2, 0)));
        assert!(!WaitForQuota(2).is_met(counts(5, 0, 3)));
        assert!(WaitForQuota(2).is_met(counts(5, 0, 4)));
        assert!(WaitForQuota(0).is_met(counts(5, 0, 0)));
    }

    #[test]
    fn a_quota_above_the_number_of_runs_means_all() {
        assert!(!WaitForQuota(6).is_met(counts(5, 1, 3)));
        assert!(WaitForQuota(6).is_met(counts(5, 1, 4)));
    }
}
