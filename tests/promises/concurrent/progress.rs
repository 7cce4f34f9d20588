use std::{future::poll_fn, pin::Pin, time::Duration};

use cano::WaitStrategy::*;
use futures_core::Stream;
use tokio::time::sleep;

use super::{End, Job, at_most, workflow};
use crate::log::Log;

#[tokio::test(start_paused = true)]
async fn the_progress_of_runs_is_known_while_they_go_on() {
    let log = Log::new();
    let jobs = [(1, End::Succeed), (2, End::Fail), (4, End::Succeed), (9, End::Succeed)];
    let jobs = jobs.map(|(seconds, end)| Job::new(seconds, end, &log)).to_vec();
    let runs = workflow().runs(jobs).with_limit(at_most(2));
    let progress = runs.progress();
    let watched = tokio::spawn(async move {
        let mut seen = Vec::new();
        for _ in 0..8 {
            sleep(Duration::from_millis(1000)).await;
            tokio::task::yield_now().await;
            let counts = progress.counts();
            seen.push((counts.running, counts.succeeded, counts.failed, counts.open()));
        }
        seen
    });

    runs.execute(WaitDuration(Duration::from_secs(8))).await;

    let seen = watched.await.unwrap();
    assert_eq!(seen[0..2], [(2, 1, 0, 3), (2, 1, 1, 2)]);
    assert_eq!(seen[5], (1, 2, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_change_of_the_progress_can_be_waited_for_until_all_has_ended() {
    let log = Log::new();
    let runs = workflow().runs(vec![Job::new(1, End::Succeed, &log); 20]).with_limit(at_most(3));
    let mut progress = runs.progress();
    let watched = tokio::spawn(async move {
        let mut last = progress.counts();
        while let Some(counts) = progress.changed().await {
            assert!(counts.done() >= last.done() && counts.running <= 3);
            last = counts;
        }
        last
    });

    let (_, status) = runs.execute(WaitForever).await;

    let last = watched.await.unwrap();
    assert_eq!((last.succeeded, last.done(), last.open(), last.running), (20, 20, 0, 0));
    assert_eq!((status.total_workflows, status.completed), (last.total, last.succeeded));
}

#[tokio::test(start_paused = true)]
async fn the_progress_ends_with_the_last_run_also_where_their_stream_is_kept() {
    let log = Log::new();
    let mut ends = workflow().runs(vec![Job::new(1, End::Succeed, &log); 3]).into_stream();
    let mut progress = ends.progress();
    while poll_fn(|waker| Pin::new(&mut ends).poll_next(waker)).await.is_some() {}

    let rest = async move {
        let mut last = None;
        while let Some(counts) = progress.changed().await {
            last = Some(counts.succeeded);
        }
        last
    };
    assert_eq!(tokio::time::timeout(Duration::from_secs(1), rest).await, Ok(Some(3)));
}

#[tokio::test(start_paused = true)]
async fn of_runs_that_are_dropped_the_progress_says_that_they_are_cancelled() {
    let log = Log::new();
    let jobs = [1, 60, 60, 60].map(|seconds| Job::new(seconds, End::Succeed, &log)).to_vec();
    let runs = workflow().runs(jobs).with_limit(at_most(2));
    let mut progress = runs.progress();

    let dropped = tokio::time::timeout(Duration::from_secs(5), runs.execute(WaitForever)).await;

    assert!(dropped.is_err());
    let mut last = progress.counts();
    while let Some(counts) = progress.changed().await {
        last = counts;
    }
    assert_eq!((last.succeeded, last.cancelled, last.running, last.open()), (1, 3, 0, 0));
}
