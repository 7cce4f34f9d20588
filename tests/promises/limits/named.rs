//! Limits that a task, a row or a state of the builder names.

use std::time::Duration;

use cano::{
    CircuitOpen,
    limit::{CircuitBreaker, CircuitState, ConcurrencyLimit},
    prelude::*,
};
use tokio::time::{Instant, sleep};

use crate::log::{Busy, Log};

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

static TWO: ConcurrencyLimit = ConcurrencyLimit::new(2);

#[task(limit = TWO, timeout = "3s")]
async fn work(time: u64, store: &Log) -> CanoResult<()> {
    store.note("begin");
    sleep(seconds(time)).await;
    store.note("end");
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Working {
        #[start] Work { time: u64 } = work(time) >> Worked,
        #[exit] Worked,
    }
}

#[tokio::test(start_paused = true)]
async fn a_tasks_limit_is_shared_by_all_runs_and_its_wait_is_no_part_of_the_timeout() {
    let (log, began) = (Log::new(), Instant::now());
    let starts: Vec<_> = (0..6).map(|_| Working::Work { time: 2 }).collect();

    let runs = Working::workflow().concurrent((starts, log.clone()));
    let (_, status) = runs.execute(WaitStrategy::WaitForever).await;

    assert_eq!((status.completed, began.elapsed()), (6, seconds(6)));
    assert_eq!(TWO.running(), 0);
}

static LINE: ConcurrencyLimit = ConcurrencyLimit::new(1);

#[task(limit = LINE)]
async fn wait(time: u64) -> CanoResult<()> {
    sleep(seconds(time)).await;
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Waiting {
        #[timeout("3s")]
        #[start] Wait { time: u64 } = wait(time) >> Waited,
        #[exit] Waited,
    }
}

#[tokio::test(start_paused = true)]
async fn a_rows_timeout_does_not_count_the_wait_for_its_tasks_limit() {
    let starts: Vec<_> = [2, 2, 2, 4].map(|time| Waiting::Wait { time }).into();
    let began = Instant::now();

    let runs = Waiting::workflow().concurrent((starts, Log::new()));
    let (results, status) = runs.execute(WaitStrategy::WaitForever).await;

    assert_eq!((status.completed, began.elapsed()), (3, seconds(2 + 2 + 2 + 3)));
    let WorkflowResult::Failed(CanoError::AttemptTimeout(late)) = &results[3] else {
        panic!("{:?}", results[3])
    };
    assert_eq!(late.elapsed(), seconds(3));
}

static DOWN: CircuitBreaker = CircuitBreaker::new("bank").with_failures(2, 2).with_open_for(seconds(60));

#[task(retry = fixed(5, "1s"))]
async fn charge(store: &Log) -> Result<(), Busy> {
    Err(Busy(store.note("charge")))
}

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Charging {
        #[limit(DOWN)]
        #[catch(CircuitOpen => Later)]
        #[start] Charge = charge >> Charged,
        #[exit] Charged,
        #[exit] Later,
    }
}

#[tokio::test(start_paused = true)]
async fn an_open_circuit_on_a_row_uses_up_no_attempt_and_is_an_error_of_its_own() {
    let log = Log::new();

    assert_eq!(Charging::run(&log).await.unwrap(), ChargingExit::Later);

    // Two failures opened it: the four retries that were left were not made.
    assert_eq!(log.count("charge"), 2);
    assert!(matches!(DOWN.state(), CircuitState::Open { .. }));
    assert_eq!(Charging::run(&log).await.unwrap(), ChargingExit::Later);
    assert_eq!(log.count("charge"), 2);
}

static ONE_EACH: ConcurrencyLimit = ConcurrencyLimit::new(1);

#[task(timeout = "3s")]
async fn item(item: u64, store: &Log) -> CanoResult<()> {
    store.note("begin");
    sleep(seconds(item)).await;
    store.note("end");
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Items {
        #[limit(ONE_EACH)]
        #[timeout("2500ms")]
        #[start] Go { items: Vec<u64> } = each(item, over = items) >> Gone,
        #[exit] Gone,
    }
}

#[tokio::test(start_paused = true)]
async fn a_rows_limit_holds_for_each_of_its_tasks_before_their_timeouts() {
    let (log, began) = (Log::new(), Instant::now());
    Items::run(vec![2, 2, 2], &log).await.unwrap();
    assert_eq!(began.elapsed(), seconds(6));
    assert_eq!(log.lines(), ["begin", "end", "begin", "end", "begin", "end"]);
}

static BUILDERS: ConcurrencyLimit = ConcurrencyLimit::new(1);

#[tokio::test(start_paused = true)]
async fn the_builder_has_limits_too() {
    struct Slow;
    #[async_trait]
    impl Task<&'static str, Log> for Slow {
        fn config(&self) -> TaskConfig {
            TaskConfig::minimal().with_attempt_timeout(seconds(3))
        }
        async fn run(&self, store: &Log) -> CanoResult<&'static str> {
            store.note("begin");
            sleep(seconds(2)).await;
            store.note("end");
            Ok("done")
        }
    }
    let (log, began) = (Log::new(), Instant::now());
    let mut workflow = Workflow::new("slow");
    workflow.register("slow", Slow).limit_by("slow", &BUILDERS).add_exit_state("done");

    let runs = workflow.concurrent(vec![log.clone(); 3]);
    let (_, status) = runs.execute(WaitStrategy::WaitForever).await;

    assert_eq!((status.completed, began.elapsed()), (3, seconds(6)));
    assert_eq!(log.lines()[..4], ["begin", "end", "begin", "end"]);
}
