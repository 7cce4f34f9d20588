use std::{future::poll_fn, pin::Pin, time::Duration};

use cano::{CancellationToken, RunStream, prelude::*};
use futures_core::Stream;
use tokio::time::{Instant, sleep};

use super::{End, Job, at_most, workflow};
use crate::log::Log;

async fn next<E: Send + 'static>(stream: &mut RunStream<E>) -> Option<(usize, WorkflowResult<E>)> {
    poll_fn(|waker| Pin::new(&mut *stream).poll_next(waker)).await
}

#[tokio::test(start_paused = true)]
async fn results_come_as_they_finish_each_with_its_number() {
    let (log, began) = (Log::new(), Instant::now());
    let jobs = [5, 1, 3].map(|seconds| Job::new(seconds, End::Succeed, &log)).to_vec();
    let mut stream = workflow().runs(jobs).into_stream();
    assert_eq!(stream.size_hint(), (3, Some(3)));

    let mut seen = Vec::new();
    while let Some((number, result)) = next(&mut stream).await {
        seen.push((number, result.is_success(), began.elapsed().as_secs()));
    }

    assert_eq!(seen, [(1, true, 1), (2, true, 3), (0, true, 5)]);
    assert_eq!(stream.size_hint(), (0, Some(0)));
    for _ in 0..3 {
        assert!(next(&mut stream).await.is_none(), "its end is no other one when it is polled again");
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_dropped_drops_its_runs() {
    let log = Log::new();
    let jobs = [1, 9, 9, 9].map(|seconds| Job::new(seconds, End::Succeed, &log)).to_vec();
    let mut stream = workflow().runs(jobs).with_limit(at_most(2)).into_stream();
    assert_eq!(next(&mut stream).await.unwrap().0, 0);

    drop(stream);

    sleep(Duration::from_secs(60)).await;
    assert_eq!((log.count("ended"), log.count("began")), (1, log.count("let go")));
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_stream_tells_each_run_once() {
    let (log, token) = (Log::new(), CancellationToken::new());
    let jobs = [1, 9, 9, 9].map(|seconds| Job::new(seconds, End::Succeed, &log)).to_vec();
    let runs = workflow().runs(jobs).with_limit(at_most(2)).with_cancellation(token.clone());
    let mut stream = runs.into_stream();
    let mut seen = vec![next(&mut stream).await.unwrap().0];

    token.cancel();
    while let Some((number, result)) = next(&mut stream).await {
        assert!(matches!(result, WorkflowResult::Cancelled));
        seen.push(number);
    }

    seen.sort_unstable();
    assert_eq!(seen, [0, 1, 2, 3]);
    assert_eq!((log.count("ended"), log.count("began")), (1, log.count("let go")));
}
