//! What a row says of time, beside its task.

use std::time::Duration;

use cano::prelude::*;
use tokio::time::{Instant, sleep};

use crate::log::Log;

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

fn timeout(error: &CanoError) -> (u32, Duration) {
    match error {
        CanoError::AttemptTimeout(timeout) => (timeout.attempt(), timeout.timeout()),
        other => panic!("not a timeout: {other:#}"),
    }
}

#[task(timeout = "3s", retry = fixed(1, "10s"))]
async fn slow(time: Duration, store: &Log) -> CanoResult<()> {
    let _guard = store.on_drop("let go");
    sleep(time).await;
    store.note("done");
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum ByTask {
        #[start] Work { time: Duration } = slow(time) >> Done,
        #[exit] Done,
    }
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Shorter {
        #[timeout("1s")]
        #[start] Work { time: Duration } = slow(time) >> Done,
        #[exit] Done,
    }
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Longer {
        #[timeout("1m")]
        #[retry(none)]
        #[start] Work { time: Duration } = slow(time) >> More { time },
        // The longer timeout of the row before is over.
        More { time: Duration } = slow(time) >> Done,
        #[exit] Done,
    }
}

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Several {
        #[timeout("2s")]
        #[retry(none)]
        #[catch(_ => Late)]
        #[start] Both { time: Duration, other: Duration } = (slow(time), slow(other)) >> Over { times: vec![time, other] },
        #[timeout("1500ms")]
        #[retry(none)]
        Over { times: Vec<Duration> } = each(slow, over = times) >> Done,
        #[exit] Done,
        #[exit] Late,
    }
}

#[tokio::test(start_paused = true)]
async fn a_tasks_timeout_holds_for_each_of_its_attempts() {
    let (log, began) = (Log::new(), Instant::now());
    let error = ByTask::run(seconds(4), &log).await.unwrap_err();
    assert_eq!(timeout(&error), (2, seconds(3)));
    assert_eq!(began.elapsed(), seconds(3 + 10 + 3));
    assert_eq!(log.lines(), ["let go", "let go"]);
}

#[tokio::test(start_paused = true)]
async fn a_rows_timeout_wins_whether_it_is_shorter_or_longer() {
    let error = Shorter::run(seconds(2), &Log::new()).await.unwrap_err();
    assert_eq!(timeout(&error), (2, seconds(1)));

    let began = Instant::now();
    let error = Longer::run(seconds(5), &Log::new()).await.unwrap_err();
    assert_eq!(timeout(&error), (2, seconds(3)));
    let CanoError::AttemptTimeout(ended) = &error else { unreachable!() };
    assert_eq!((ended.place().state(), began.elapsed()), ("More", seconds(5 + 3 + 10 + 3)));
}

#[tokio::test(start_paused = true)]
async fn a_rows_timeout_holds_for_each_of_several_tasks() {
    let log = Log::new();
    let end = Several::run(seconds(1), seconds(3), &log).await.unwrap();
    assert_eq!(
        (end, log.lines()),
        (SeveralExit::Late, vec!["done".into(), "let go".into(), "let go".into()])
    );

    let error = Several::run(seconds(1), Duration::from_millis(1700), &Log::new()).await.unwrap_err();
    assert_eq!(timeout(&error), (1, Duration::from_millis(1500)));
    assert_eq!(
        error.to_string(),
        "workflow `Several`, state `Over`: task `slow[1]` did not end within its timeout of 1.5s in attempt 1"
    );
}

#[tokio::test(start_paused = true)]
async fn a_tasks_timeout_holds_in_the_builder_too() {
    #[task(timeout = "3s")]
    async fn wait() -> CanoResult<&'static str> {
        sleep(seconds(4)).await;
        Ok("done")
    }
    let mut workflow = Workflow::new("wait");
    workflow.register("wait", wait {}).add_exit_state("done");
    let error = workflow.orchestrate(&MemoryStore::new()).await.unwrap_err();
    assert_eq!(timeout(&error), (1, seconds(3)));
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_policy_of_ones_own_holds() {
    fn patient() -> TaskConfig {
        TaskConfig::minimal().with_attempt_timeout(seconds(3))
    }
    #[task(retry = patient)]
    async fn wait(time: Duration) -> CanoResult<()> {
        sleep(time).await;
        Ok(())
    }
    struct Hand;
    #[task]
    impl Task<()> for Hand {
        fn config(&self) -> TaskConfig {
            patient()
        }
        async fn run(&self, _: &MemoryStore) -> CanoResult<()> {
            sleep(seconds(4)).await;
            Ok(())
        }
    }
    impl Default for Hand {
        fn default() -> Self {
            Self
        }
    }
    workflow! {
        #[derive(Debug)]
        enum Waiting {
            #[start] Wait { time: Duration } = wait(time) >> Again,
            Again = Hand >> Done,
            #[exit] Done,
        }
    }
    let run = |time| async move { Waiting::run(time, &MemoryStore::new()).await.unwrap_err() };
    assert_eq!(timeout(&run(seconds(4)).await), (1, seconds(3)));
    let error = run(seconds(2)).await;
    assert!(matches!(&error, CanoError::AttemptTimeout(error) if error.place().state() == "Again"));
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_node_holds_for_its_three_parts_together() {
    #[derive(Default)]
    struct Slow;
    #[node(timeout = "3s")]
    impl Slow {
        async fn prep(&self) -> CanoResult<u64> {
            sleep(seconds(2)).await;
            Ok(2)
        }
        async fn exec(&self, n: u64) -> u64 {
            sleep(seconds(n)).await;
            n
        }
        async fn post(&self, _n: u64) -> CanoResult<()> {
            Ok(())
        }
    }
    workflow! {
        #[derive(Debug)]
        enum Nodes {
            #[start] Work = Slow >> Done,
            #[exit] Done,
        }
    }
    let error = Nodes::run(&MemoryStore::new()).await.unwrap_err();
    assert_eq!(timeout(&error), (1, seconds(3)));
}
