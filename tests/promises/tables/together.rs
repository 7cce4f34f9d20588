//! Several tasks of one state at once.

use cano::prelude::*;
use tokio::time::{Instant, sleep};

use crate::log::{Busy, Log};

/// Works for so many seconds, and fails as often as it is told.
#[derive(Clone)]
struct Job {
    name: &'static str,
    seconds: u64,
    failures: u32,
}

impl Job {
    const fn new(name: &'static str, seconds: u64) -> Self {
        Self { name, seconds, failures: 0 }
    }

    const fn failing(self, failures: u32) -> Self {
        Self { failures, ..self }
    }

    async fn work(&self, store: &Log, cx: &Cx) -> Result<&'static str, Busy> {
        let _guard = store.on_drop(self.name);
        sleep(Duration::from_secs(self.seconds)).await;
        if cx.attempt() <= self.failures { Err(Busy(cx.attempt() as usize)) } else { Ok(self.name) }
    }
}

#[task(retry = fixed(3, "10s"))]
async fn patient(job: &Job, store: &Log, cx: &Cx) -> Result<&'static str, Busy> {
    job.work(store, cx).await
}

#[task]
async fn strict(job: &Job, store: &Log, cx: &Cx) -> Result<&'static str, Busy> {
    job.work(store, cx).await
}

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Two {
        #[start]
        Both { left: Job, right: Job } = match (patient(left), strict(right)) {
            (left, right) => Finished { left, right },
        },
        #[exit] Finished { left: &'static str, right: &'static str },
    }
}

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Four {
        #[start]
        All { job: Job } = match (strict(job), strict(job), strict(job), strict(job)) {
            (a, b, c, d) => Finished { all: [a, b, c, d] },
        },
        #[exit] Finished { all: [&'static str; 4] },
    }
}

// `Debug` and `PartialEq` are derived for the exits too; a job has neither, so the states' derives are its own.
impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Job {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// How a run of `Two` ends, after how many seconds, and what was noted until a day later.
async fn run(left: Job, right: Job) -> (CanoResult<TwoExit>, u64, Vec<String>) {
    let (log, began) = (Log::new(), Instant::now());
    let end = Two::run(left, right, &log).await;
    let took = began.elapsed();
    sleep(Duration::from_hours(24)).await;
    assert_eq!(took.subsec_nanos(), 0);
    (end, took.as_secs(), log.lines())
}

#[tokio::test(start_paused = true)]
async fn the_tasks_of_a_state_run_at_once_and_the_slowest_says_how_long_it_takes() {
    let (end, took, lines) = run(Job::new("left", 3), Job::new("right", 5)).await;
    assert_eq!(end.unwrap(), TwoExit::Finished { left: "left", right: "right" });
    assert_eq!((took, lines), (5, vec!["left".to_string(), "right".to_string()]));
}

#[tokio::test(start_paused = true)]
async fn more_than_two_do_so_too() {
    let (log, began) = (Log::new(), Instant::now());
    assert_eq!(Four::run(Job::new("job", 7), &log).await.unwrap(), FourExit::Finished { all: ["job"; 4] });
    assert_eq!((began.elapsed().as_secs(), log.count("job")), (7, 4));
}

#[tokio::test(start_paused = true)]
async fn each_of_them_has_its_own_retries_and_the_others_do_not_wait_or_run_again() {
    // Given one that fails twice: 1 s + 10 s + 1 s + 10 s + 1 s
    let (end, took, lines) = run(Job::new("left", 1).failing(2), Job::new("right", 5)).await;
    assert!(end.is_ok());
    assert_eq!(took, 23);
    assert_eq!(lines, ["left", "right", "left", "left"]);
}

#[tokio::test(start_paused = true)]
async fn the_first_failure_for_good_ends_the_row_and_drops_the_others() {
    // Given one that fails after 2 s while the other works for 60 s
    let (end, took, lines) = run(Job::new("left", 60), Job::new("right", 2).failing(9)).await;
    let error = end.unwrap_err();
    assert_eq!(error.to_string(), "workflow `Two`, state `Both`: task `strict` failed after 1 attempt");
    assert_eq!((took, lines), (2, vec!["right".to_string(), "left".to_string()]));
    // And one that waits for its next attempt
    let (end, took, lines) = run(Job::new("left", 1).failing(9), Job::new("right", 2).failing(9)).await;
    assert!(end.is_err());
    assert_eq!((took, lines), (2, vec!["left".to_string(), "right".to_string()]));
}

#[tokio::test(start_paused = true)]
async fn the_row_ends_with_the_error_of_the_one_that_failed_after_its_last_attempt() {
    let (end, took, lines) = run(Job::new("left", 1).failing(9), Job::new("right", 30)).await;
    let error = end.unwrap_err();
    assert_eq!(error.to_string(), "workflow `Two`, state `Both`: task `patient` failed after 4 attempts");
    assert_eq!(error.find::<Busy>(), Some(&Busy(4)));
    assert_eq!(took, 34);
    assert_eq!(lines, ["left", "left", "left", "right", "left"]);
}
