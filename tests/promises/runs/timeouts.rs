//! The timeout of an attempt.

use std::time::Duration;

use cano::{AttemptTimeout, RunOptions, prelude::*};
use tokio::time::{Instant, sleep};

use crate::log::Log;

/// Takes these seconds at each attempt, the last one for all that follow.
struct Slow {
    seconds: Vec<u64>,
    config: TaskConfig,
}

impl Slow {
    fn new(seconds: &[u64], config: TaskConfig) -> Self {
        Self { seconds: seconds.to_vec(), config }
    }
}

#[task]
impl Task<&'static str, Log> for Slow {
    fn config(&self) -> TaskConfig {
        self.config.clone()
    }

    async fn run(&self, store: &Log) -> CanoResult<&'static str> {
        let attempt = store.note("began");
        let _guard = store.on_drop("let go");
        let began = self.seconds[store.count("began").min(self.seconds.len()) - 1];
        sleep(Duration::from_secs(began)).await;
        store.note("ended");
        assert!(attempt > 0);
        Ok("done")
    }
}

fn slow(seconds: &[u64], config: TaskConfig) -> Workflow<&'static str, Log> {
    let mut workflow = Workflow::new("slow").with_name("Slow");
    workflow.register("slow", Slow::new(seconds, config)).add_exit_state("done");
    workflow
}

fn timed_out(error: &CanoError) -> &AttemptTimeout {
    match error {
        CanoError::AttemptTimeout(error) => error,
        other => panic!("not a timeout: {other:#}"),
    }
}

const TWO: Duration = Duration::from_secs(2);

#[tokio::test(start_paused = true)]
async fn an_attempt_that_takes_longer_than_it_may_is_dropped_and_has_failed() {
    let log = Log::new();
    let config = TaskConfig::minimal().with_attempt_timeout(TWO);

    let error = slow(&[3], config).orchestrate(&log).await.unwrap_err();

    let timeout = timed_out(&error);
    assert_eq!((timeout.place().state(), timeout.place().task()), ("slow", "Slow"));
    assert_eq!((timeout.attempt(), timeout.timeout(), timeout.elapsed()), (1, TWO, TWO));
    assert_eq!(
        error.to_string(),
        "workflow `Slow`, state `slow`: task `Slow` did not end within its timeout of 2s in attempt 1"
    );
    assert_eq!(log.lines(), ["began", "let go"]);
    sleep(Duration::from_secs(60)).await;
    assert_eq!(log.lines(), ["began", "let go"]);
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_the_whole_timeout_and_the_waits_between_do_not_count() {
    let (log, began) = (Log::new(), Instant::now());
    let config = TaskConfig::with_fixed_retry(2, Duration::from_secs(5)).with_attempt_timeout(TWO);

    let end = slow(&[3, 3, 1], config).orchestrate(&log).await.unwrap();

    assert_eq!(end, "done");
    assert_eq!(began.elapsed(), Duration::from_secs(2 + 5 + 2 + 5 + 1));
}

#[tokio::test(start_paused = true)]
async fn the_last_attempts_timeout_is_the_error_of_the_run() {
    let config = TaskConfig::with_fixed_retry(2, Duration::ZERO).with_attempt_timeout(TWO);
    let error = slow(&[3], config).orchestrate(&Log::new()).await.unwrap_err();
    assert_eq!(timed_out(&error).attempt(), 3);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_ends_in_time_meets_no_timeout_of_an_earlier_one() {
    // The timer of the run is used again: what an earlier attempt set it to is of no consequence.
    let log = Log::new();
    let mut workflow = Workflow::new("first");
    let config = TaskConfig::minimal().with_attempt_timeout(TWO);
    struct To(&'static str, Slow);
    #[task]
    impl Task<&'static str, Log> for To {
        fn config(&self) -> TaskConfig {
            self.1.config.clone()
        }
        async fn run(&self, _: &Log) -> CanoResult<&'static str> {
            sleep(Duration::from_secs(self.1.seconds[0])).await;
            Ok(self.0)
        }
    }
    let untimed = TaskConfig::minimal();
    workflow
        .register("first", To("second", Slow::new(&[1], config.clone())))
        .register("second", To("third", Slow::new(&[5], untimed)))
        .register("third", To("done", Slow::new(&[1], config)))
        .add_exit_state("done");
    assert_eq!(workflow.orchestrate(&log).await.unwrap(), "done");
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_never_waits_meets_no_timeout() {
    let config = TaskConfig::minimal().with_attempt_timeout(Duration::ZERO);
    #[derive(Clone)]
    struct Quick(TaskConfig);
    #[task]
    impl Task<u8> for Quick {
        fn config(&self) -> TaskConfig {
            self.0.clone()
        }
        async fn run(&self, _: &MemoryStore) -> CanoResult<u8> {
            Ok(1)
        }
    }
    let mut workflow = Workflow::new(0);
    workflow.register(0, Quick(config)).add_exit_state(1);
    assert_eq!(workflow.orchestrate(&MemoryStore::new()).await.unwrap(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_beyond_all_time_is_none() {
    let config = TaskConfig::minimal().with_attempt_timeout(Duration::MAX);
    assert_eq!(slow(&[3], config).orchestrate(&Log::new()).await.unwrap(), "done");
}

#[tokio::test(start_paused = true)]
async fn any_length_of_time_is_a_timeout() {
    #[task]
    async fn wait(store: &Log) -> CanoResult<()> {
        store.note("began");
        sleep(TWO).await;
        Ok(())
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Waiting {
            #[start] Wait = wait >> Done,
            #[exit] Done,
        }
    }
    for long in [Duration::MAX, Duration::from_secs(1 << 62), Duration::from_secs(1 << 40)] {
        let options = RunOptions::new().with_timeout(long);
        let workflow = Waiting::workflow().with_timeout(long);
        workflow.orchestrate_with(Waiting::Wait, &Log::new(), options).await.unwrap();

        let config = TaskConfig::minimal().with_attempt_timeout(long);
        slow(&[1], config).with_timeout(long).orchestrate(&Log::new()).await.unwrap();
    }

    let log = Log::new();
    let error = Waiting::workflow().with_timeout(Duration::ZERO).orchestrate(&log).await.unwrap_err();
    assert!(matches!(error, CanoError::DeadlineExceeded(_)), "{error:?}");
    assert!(log.lines().is_empty());

    let config = TaskConfig::with_fixed_retry(2, Duration::ZERO).with_attempt_timeout(Duration::ZERO);
    let error = slow(&[1], config).orchestrate(&log).await.unwrap_err();
    assert_eq!(timed_out(&error).timeout(), Duration::ZERO);
    assert_eq!((log.count("began"), log.count("ended")), (3, 0));
}
