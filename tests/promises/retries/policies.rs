//! Which errors are attempted again, and within which time.

use std::time::Duration;

use cano::prelude::*;
use tokio::time::Instant;

use crate::log::{Busy, Log};

struct Failing(TaskConfig, fn(usize) -> CanoError);

#[task]
impl Task<u8, Log> for Failing {
    fn config(&self) -> TaskConfig {
        self.0.clone()
    }

    async fn run(&self, store: &Log) -> CanoResult<u8> {
        Err((self.1)(store.note("attempt")))
    }
}

async fn attempts(config: TaskConfig, error: fn(usize) -> CanoError) -> usize {
    let log = Log::new();
    let mut workflow = Workflow::new(0);
    workflow.register(0, Failing(config, error)).add_exit_state(1);
    assert!(workflow.orchestrate(&log).await.is_err());
    log.lines().len()
}

fn busy(n: usize) -> CanoError {
    CanoError::task_execution(Busy(n))
}

#[tokio::test(start_paused = true)]
async fn an_error_that_the_policy_does_not_retry_is_the_last() {
    let config = TaskConfig::with_fixed_retry(9, Duration::ZERO)
        .with_retry_if(|error| error.find::<Busy>().is_some_and(|Busy(n)| *n < 3));
    assert_eq!(attempts(config, busy).await, 3);
}

#[tokio::test(start_paused = true)]
async fn a_permanent_error_is_not_attempted_again_whatever_the_policy_says() {
    let config = TaskConfig::with_fixed_retry(9, Duration::ZERO).with_retry_if(|_| true);
    assert_eq!(attempts(config, |n| CanoError::permanent(Busy(n))).await, 1);
}

#[tokio::test(start_paused = true)]
async fn no_retry_begins_after_the_budget() {
    let began = Instant::now();
    let second = Duration::from_secs(1);
    for (budget, expected) in [(0, 1), (1, 2), (3, 4), (100, 10)] {
        let config = TaskConfig::with_fixed_retry(9, second).with_retry_budget(second * budget);
        assert_eq!(attempts(config, busy).await, expected, "budget {budget}");
    }
    assert_eq!(began.elapsed(), Duration::from_secs(1 + 3 + 9));
}

#[tokio::test(start_paused = true)]
async fn what_an_error_asks_to_wait_counts_in_the_budget() {
    let config = TaskConfig::with_fixed_retry(9, Duration::ZERO).with_retry_budget(Duration::from_secs(10));
    let asks = |n| busy(n).retry_after(Duration::from_secs(4));
    assert_eq!(attempts(config, asks).await, 3);
}

#[tokio::test(start_paused = true)]
async fn a_budget_beyond_all_time_is_none() {
    let config = TaskConfig::with_fixed_retry(2, Duration::ZERO).with_retry_budget(Duration::MAX);
    assert_eq!(attempts(config, busy).await, 3);
}
