//! Which of several timeouts counts: the row's, the task's, that of the row's policy, that of the task's policy.

use std::time::Duration;

use cano::{limit::ConcurrencyLimit, prelude::*};
use tokio::time::{Instant, sleep};

use crate::log::Log;

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

const TWO: TaskConfig = TaskConfig::with_fixed_retry(1, seconds(10)).with_attempt_timeout(seconds(2));
const FIVE: TaskConfig = TaskConfig::with_fixed_retry(1, seconds(10)).with_attempt_timeout(seconds(5));
const NONE: TaskConfig = TaskConfig::with_fixed_retry(1, seconds(10));

fn two() -> TaskConfig {
    TWO
}

/// Waits for ever, without a timeout of its own.
#[task]
async fn waits(store: &Log) -> CanoResult<()> {
    store.note("began");
    std::future::pending().await
}

#[task(timeout = "1s")]
async fn waits_a_second(store: &Log) -> CanoResult<()> {
    waits(store).await
}

#[task(retry = FIVE)]
async fn waits_five(store: &Log) -> CanoResult<()> {
    waits(store).await
}

#[derive(Default)]
struct WaitsByHand;
#[task]
impl Task<(), Log> for WaitsByHand {
    fn config(&self) -> TaskConfig {
        FIVE
    }
    async fn run(&self, store: &Log) -> CanoResult<()> {
        waits(store).await
    }
}

fn timeout(error: CanoError) -> (u64, u32) {
    match error {
        CanoError::AttemptTimeout(late) => (late.timeout().as_secs(), late.attempt()),
        other => panic!("not a timeout: {other:#}"),
    }
}

/// A table whose one row this is.
macro_rules! table {
    ($name:ident: $(#[$attribute:meta])* $task:ident) => {
        workflow! {
            #[store(Log)]
            #[derive(Debug)]
            enum $name {
                $(#[$attribute])*
                #[start] Wait = $task >> Done,
                #[exit] Done,
            }
        }
    };
}

table!(Named: #[retry(TWO)] waits);
table!(Called: #[retry(two)] waits);
table!(RowAndNamed: #[retry(TWO)] #[timeout("3s")] waits);
table!(RowAndTask: #[retry(TWO)] #[timeout("3s")] waits_a_second);
table!(TaskAndNamed: #[retry(TWO)] waits_a_second);
table!(BothNamed: #[retry(TWO)] waits_five);
table!(RowsNone: #[retry(NONE)] waits_five);
table!(ByHand: #[retry(TWO)] WaitsByHand);
table!(ByHandAndNone: #[retry(NONE)] WaitsByHand);
table!(Written: #[retry(fixed(1, "10s"))] waits_five);

#[tokio::test(start_paused = true)]
async fn of_a_row_a_task_and_their_policies_the_first_that_says_a_timeout_counts() {
    let log = &Log::new();
    assert_eq!(timeout(Named::run(log).await.unwrap_err()), (2, 2));
    assert_eq!(timeout(Called::run(log).await.unwrap_err()), (2, 2));
    assert_eq!(timeout(RowAndNamed::run(log).await.unwrap_err()), (3, 2));
    assert_eq!(timeout(RowAndTask::run(log).await.unwrap_err()), (3, 2));
    assert_eq!(timeout(TaskAndNamed::run(log).await.unwrap_err()), (1, 2));
    assert_eq!(timeout(BothNamed::run(log).await.unwrap_err()), (2, 2));
    assert_eq!(timeout(RowsNone::run(log).await.unwrap_err()), (5, 2));
    assert_eq!(timeout(ByHand::run(log).await.unwrap_err()), (2, 2));
    assert_eq!(timeout(ByHandAndNone::run(log).await.unwrap_err()), (5, 2));
    assert_eq!(timeout(Written::run(log).await.unwrap_err()), (5, 2));
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_rows_policy_holds_for_each_of_its_tasks() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Several {
            #[retry(TWO)]
            #[start] Both = match (waits_a_second(), waits_five()) { ((), ()) => Done },
            #[exit] Done,
        }
    }
    #[task(retry = FIVE)]
    async fn waits_for(_item: &u8, store: &Log) -> CanoResult<()> {
        waits(store).await
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Items {
            #[retry(TWO)]
            #[start] All { items: Vec<u8> } = match each(waits_for, over = items, partial) {
                results => Done { timeouts: results.into_iter().map(|end| timeout(end.unwrap_err())).collect() },
            },
            #[exit] Done { timeouts: Vec<(u64, u32)> },
        }
    }
    let began = Instant::now();
    assert_eq!(timeout(Several::run(&Log::new()).await.unwrap_err()), (1, 2));
    assert_eq!(began.elapsed(), seconds(1 + 10 + 1));
    let ItemsExit::Done { timeouts } = Items::run(vec![1, 2], &Log::new()).await.unwrap();
    assert_eq!(timeouts, [(2, 2), (2, 2)]);
}

#[tokio::test(start_paused = true)]
async fn a_policy_may_be_a_constant_of_the_table_and_its_timeout_counts_no_wait_for_a_limit() {
    static ONE: ConcurrencyLimit = ConcurrencyLimit::new(1);
    #[task(limit = ONE)]
    async fn works(time: u64) -> CanoResult<()> {
        sleep(seconds(time)).await;
        Ok(())
    }
    workflow! {
        #[derive(Debug)]
        enum Working {
            #[retry(Working::POLICY)]
            #[start] Work { time: u64 } = works(time) >> Done,
            #[exit] Done,
        }
    }
    impl Working {
        const POLICY: TaskConfig = TaskConfig::minimal().with_attempt_timeout(seconds(2));
    }
    let starts: Vec<_> = [1, 1, 1, 3].map(|time| Working::Work { time }).into();
    let runs = Working::workflow().concurrent((starts, MemoryStore::new()));
    let (results, status) = runs.execute(WaitStrategy::WaitForever).await;
    assert_eq!((status.completed, status.duration), (3, seconds(1 + 1 + 1 + 2)));
    assert!(matches!(&results[3], WorkflowResult::Failed(CanoError::AttemptTimeout(_))));
}
