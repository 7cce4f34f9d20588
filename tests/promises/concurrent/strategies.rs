use std::time::Duration;

use cano::{CanoError, WaitStrategy, WaitStrategy::*};
use tokio::time::{Instant, sleep};

use super::{End, Job, letters, workflow};
use crate::log::Log;
use End::{Fail, Panic, Succeed};

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// The results as letters, and how long it took.
async fn run(jobs: &[(u64, End)], strategy: WaitStrategy) -> (String, Duration) {
    let (log, began) = (Log::new(), Instant::now());
    let jobs = jobs.iter().map(|(seconds, end)| Job::new(*seconds, *end, &log)).collect();

    let (results, status) = workflow().execute_concurrent(jobs, strategy).await.expect("it is valid");

    let letters = letters(&results);
    let count = |letter| letters.chars().filter(|l| *l == letter).count();
    assert_eq!(
        (status.total_workflows, status.completed, status.failed, status.cancelled),
        (letters.len(), count('S'), count('F'), count('C'))
    );
    assert_eq!(status.duration, began.elapsed());
    // Nothing runs any more: what began was let go, and nothing is noted later.
    let lines = log.lines();
    assert_eq!(log.count("began"), log.count("let go"));
    sleep(seconds(1000)).await;
    assert_eq!(log.lines(), lines);
    (letters, status.duration)
}

#[tokio::test(start_paused = true)]
async fn waiting_for_ever_waits_for_all_whatever_their_end() {
    let jobs = [(5, Succeed), (1, Fail), (3, Panic), (2, Succeed)];
    assert_eq!(run(&jobs, WaitForever).await, ("SFFS".to_owned(), seconds(5)));
}

#[tokio::test(start_paused = true)]
async fn a_quota_counts_successes_and_cancels_the_rest() {
    let jobs = [(5, Succeed), (1, Fail), (3, Succeed), (2, Succeed), (9, Fail)];
    assert_eq!(run(&jobs, WaitForQuota(1)).await, ("CFCSC".to_owned(), seconds(2)));
    assert_eq!(run(&jobs, WaitForQuota(2)).await, ("CFSSC".to_owned(), seconds(3)));
    assert_eq!(run(&jobs, WaitForQuota(3)).await, ("SFSSC".to_owned(), seconds(5)));
}

#[tokio::test(start_paused = true)]
async fn a_quota_that_has_become_impossible_ends_the_wait() {
    let jobs = [(1, Fail), (2, Panic), (9, Succeed), (8, Succeed)];
    assert_eq!(run(&jobs, WaitForQuota(4)).await, ("FCCC".to_owned(), seconds(1)));
    assert_eq!(run(&jobs, WaitForQuota(3)).await, ("FFCC".to_owned(), seconds(2)));
    assert_eq!(run(&jobs, WaitForQuota(2)).await, ("FFSS".to_owned(), seconds(9)));
}

#[tokio::test(start_paused = true)]
async fn a_quota_of_none_returns_at_once_and_starts_nothing() {
    let jobs = [(0, Succeed), (1, Succeed)];
    assert_eq!(run(&jobs, WaitForQuota(0)).await, ("CC".to_owned(), Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn a_quota_above_the_number_means_all() {
    let jobs = [(1, Fail), (4, Succeed)];
    assert_eq!(run(&jobs, WaitForQuota(3)).await, ("FS".to_owned(), seconds(4)));
}

#[tokio::test(start_paused = true)]
async fn a_duration_ends_the_wait_and_what_has_ended_keeps_its_result() {
    let jobs = [(5, Succeed), (1, Fail), (3, Succeed)];
    assert_eq!(run(&jobs, WaitDuration(seconds(4))).await, ("CFS".to_owned(), seconds(4)));
    assert_eq!(run(&jobs, WaitDuration(seconds(60))).await, ("SFS".to_owned(), seconds(5)));
    assert_eq!(run(&jobs, WaitDuration(Duration::ZERO)).await, ("CCC".to_owned(), Duration::ZERO));
    assert_eq!(run(&jobs, WaitDuration(Duration::MAX)).await, ("SFS".to_owned(), seconds(5)));
}

#[tokio::test(start_paused = true)]
async fn a_quota_or_a_duration_ends_the_wait_whichever_comes_first() {
    let jobs = [(5, Succeed), (1, Succeed), (3, Succeed)];
    let either = |quota, n| WaitQuotaOrDuration { quota, duration: seconds(n) };
    assert_eq!(run(&jobs, either(1, 4)).await, ("CSC".to_owned(), seconds(1)));
    assert_eq!(run(&jobs, either(3, 4)).await, ("CSS".to_owned(), seconds(4)));
    assert_eq!(run(&jobs, either(0, 4)).await, ("CCC".to_owned(), Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_the_end_of_its_run_and_says_where() {
    let log = Log::new();
    let jobs = vec![Job::new(1, Panic, &log), Job::new(2, Succeed, &log)];
    let (results, _) = workflow().execute_concurrent(jobs, WaitForever).await.unwrap();
    match &results[0] {
        cano::WorkflowResult::Failed(CanoError::Panicked(panicked)) => {
            assert_eq!((panicked.place().state(), panicked.message()), ("work", "as told"));
        }
        other => panic!("{other:?}"),
    }
    assert!(results[1].is_success());
}
