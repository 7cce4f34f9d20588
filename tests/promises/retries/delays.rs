//! How long a run waits between two attempts, measured on the paused clock.

use cano::prelude::*;

use crate::log::{Busy, Log};

/// Fails always, after this policy.
struct Failing(TaskConfig);

#[async_trait]
impl Task<u8, Log> for Failing {
    fn config(&self) -> TaskConfig {
        self.0.clone()
    }

    async fn run(&self, store: &Log) -> Result<u8, CanoError> {
        Err(CanoError::task_execution(Busy(store.note("attempt"))))
    }
}

/// The waits of a run that fails for good.
async fn waits(config: TaskConfig) -> Vec<Duration> {
    let (log, mut workflow) = (Log::new(), Workflow::new(0));
    workflow.register(0, Failing(config)).add_exit_state(1);
    workflow.orchestrate(&log).await.expect_err("the task fails always");
    assert_eq!(log.times()[0], Duration::ZERO, "the first attempt waits for nothing");
    log.gaps()
}

fn millis(waits: &[Duration]) -> Vec<u128> {
    waits.iter().map(Duration::as_millis).collect()
}

/// The clock of tokio has steps of 1 ms.
const STEP: Duration = Duration::from_millis(1);

#[tokio::test(start_paused = true)]
async fn a_fixed_delay_is_waited_exactly_before_every_retry() {
    for delay in [1, 10, 250, 60_000] {
        let config = TaskConfig::with_fixed_retry(4, Duration::from_millis(delay));
        assert_eq!(millis(&waits(config).await), [u128::from(delay); 4]);
    }
    assert_eq!(waits(TaskConfig::minimal()).await, []);
}

#[tokio::test(start_paused = true)]
async fn the_default_delays_are_100_200_and_400_ms_longer_or_shorter_by_a_tenth() {
    let mut all = Vec::new();
    for _ in 0..50 {
        let waits = waits(TaskConfig::default()).await;
        assert_eq!(waits.len(), 3);
        for (wait, plain) in waits.iter().zip([100, 200, 400].map(Duration::from_millis)) {
            assert!(
                *wait >= plain.mul_f64(0.9) && *wait <= plain.mul_f64(1.1) + STEP,
                "{wait:?} for {plain:?}"
            );
        }
        all.push(waits);
    }
    // The jitter of one run is not that of another: all of fifty alike is out of the question.
    assert!(all.iter().any(|waits| *waits != all[0]));
}

#[tokio::test(start_paused = true)]
async fn exponential_delays_double_and_never_exceed_their_cap() {
    for _ in 0..20 {
        let waits = waits(TaskConfig::with_exponential_retry(14)).await;
        for (n, wait) in waits.iter().enumerate() {
            let plain = Duration::from_millis(100 << n).min(Duration::from_secs(30));
            assert!(*wait >= plain.mul_f64(0.9), "{wait:?} before retry {n}");
            assert!(
                *wait <= (plain.mul_f64(1.1) + STEP).min(Duration::from_secs(30)),
                "{wait:?} before retry {n}"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn base_cap_and_jitter_are_as_they_were_set() {
    let config = TaskConfig::with_exponential_retry(6)
        .with_base(Duration::from_millis(20))
        .with_max_delay(Duration::from_millis(300))
        .with_jitter(0.0);
    assert_eq!(millis(&waits(config).await), [20, 40, 80, 160, 300, 300]);
}

#[tokio::test(start_paused = true)]
async fn a_seed_makes_the_jitter_the_same_in_every_run() {
    let config = TaskConfig::with_exponential_retry(8).with_jitter(1.0).with_seed(7);
    assert_eq!(waits(config.clone()).await, waits(config).await);
}

#[tokio::test(start_paused = true)]
async fn any_iterator_of_delays_is_a_backoff_with_a_retry_for_each() {
    let squares = TaskConfig::with_backoff(|| (1..=5).map(|n| Duration::from_secs(n * n)));
    assert_eq!(waits(squares).await, [1, 4, 9, 16, 25].map(Duration::from_secs));
    assert_eq!(waits(TaskConfig::with_backoff(std::iter::empty)).await, []);
}

#[tokio::test(start_paused = true)]
async fn the_delays_of_a_table_are_those_that_it_says() {
    #[task(retry = exponential(3, base = "2s", max = "5s", jitter = 0.0))]
    async fn fail(store: &Log) -> Result<u8, Busy> {
        Err(Busy(store.note("fail")))
    }
    workflow! {
        #[store(Log)]
        enum OfTask { #[start] Only = match fail { _ => Never }, #[exit] Never }
    }
    workflow! {
        #[store(Log)]
        enum OfRow { #[start] #[retry(fixed(2, "1m 30s"))] Only = match fail { _ => Never }, #[exit] Never }
    }
    let (of_task, of_row) = (Log::new(), Log::new());
    OfTask::run(&of_task).await.err().expect("it fails always");
    assert_eq!(millis(&of_task.gaps()), [2000, 4000, 5000]);
    let of_row = {
        OfRow::run(&of_row).await.err().expect("it fails always");
        of_row
    };
    assert_eq!(millis(&of_row.gaps()), [90_000, 90_000]);
}
