//! Many runs of one workflow: wait for all of them, for enough of them, or for a time; a limit, progress, a stream.
//!
//! The clock is paused, so the times are exact and pass at once.

use std::{error::Error, fmt};

use cano::{ConcurrentRuns, prelude::*};
use futures_util::StreamExt;
use tokio::time::{Instant, sleep};

#[derive(Debug)]
struct Missing;

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such page")
    }
}

impl Error for Missing {}

/// Takes as many seconds as the page's number; every fourth page is missing.
#[task]
async fn fetch(page: u64) -> Result<u64, Missing> {
    sleep(Duration::from_secs(page)).await;
    if page.is_multiple_of(4) { Err(Missing) } else { Ok(page * 100) }
}

workflow! {
    #[derive(Debug)]
    enum Download {
        #[start] Fetch { page: u64 } = match fetch(page) {
            bytes => Fetched { bytes },
        },
        #[exit] Fetched { bytes: u64 },
    }
}

/// Pages 1 to 8. They share a store; a `Vec` of stores would give each run its own.
fn pages() -> ConcurrentRuns<CheckedWorkflow<Download>, MemoryStore> {
    let starts: Vec<_> = (1..=8).map(|page| Download::Fetch { page }).collect();
    Download::workflow().concurrent((starts, MemoryStore::new()))
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for (strategy, completed, failed, cancelled, seconds) in [
        (WaitStrategy::WaitForever, 6, 2, 0, 8),
        (WaitStrategy::WaitForQuota(3), 3, 0, 5, 3),
        (WaitStrategy::WaitDuration(Duration::from_millis(4_500)), 3, 1, 4, 4),
        (WaitStrategy::WaitQuotaOrDuration { quota: 5, duration: Duration::from_secs(60) }, 5, 1, 2, 6),
    ] {
        let (results, status) = pages().execute(strategy).await;
        println!("{strategy:?}: {status:?}");
        assert_eq!((status.completed, status.failed, status.cancelled), (completed, failed, cancelled));
        assert_eq!((results.len(), status.duration.as_secs()), (8, seconds));
        // Results are in the order of the inputs, not in that in which the runs ended.
        assert!(matches!(results[2], WorkflowResult::Success(DownloadExit::Fetched { bytes: 300 })));
    }

    // Two at a time, in order. A run that waits for its turn costs the memory of its state, not of a task.
    let runs = pages().with_limit(const { std::num::NonZeroUsize::new(2).expect("two is not zero") });
    let mut progress = runs.progress();
    let bar = tokio::spawn(async move {
        let mut most = 0;
        while let Some(counts) = progress.changed().await {
            most = most.max(counts.running);
            println!("{:>6} of {}", counts.done(), counts.total);
        }
        most
    });

    let (began, mut stream, mut ends) = (Instant::now(), runs.into_stream(), Vec::new());
    while let Some((number, result)) = stream.next().await {
        let (page, time) = (number + 1, began.elapsed());
        match result {
            WorkflowResult::Success(exit) => println!("page {page} after {time:?}: {exit:?}"),
            WorkflowResult::Failed(error) => println!("page {page} after {time:?}: {error:#}"),
            WorkflowResult::Cancelled => println!("page {page} was cancelled"),
        }
        ends.push(page);
        if ends.len() == 6 {
            break;
        }
    }
    // Dropping the stream drops the runs that still go on.
    drop(stream);
    assert_eq!(ends, [1, 2, 3, 4, 5, 6]);
    assert_eq!((began.elapsed().as_secs(), bar.await.ok()), (12, Some(2)));
}
