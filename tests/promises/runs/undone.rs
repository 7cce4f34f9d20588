//! What a run did is undone when it fails later on.

use std::time::Duration;

use cano::{CancellationToken, Cx, NotUndone, RunOptions, prelude::*};
use tokio::time::sleep;

use crate::log::{Busy, Log};

/// Goes from a number to the next, or fails, panics or waits there, as told.
#[derive(Clone, Copy)]
enum Step {
    Go,
    Fail,
    Panic,
    Wait,
}

struct Forward(u32, Step);

#[task]
impl Task<u32, Log> for Forward {
    fn config(&self) -> TaskConfig {
        TaskConfig::minimal()
    }

    async fn run(&self, store: &Log) -> CanoResult<u32> {
        match self.1 {
            Step::Go => {
                store.note(format!("did {}", self.0));
                Ok(self.0 + 1)
            }
            Step::Fail => Err(CanoError::task_execution(Busy(self.0 as usize))),
            Step::Panic => panic!("a bug in {}", self.0),
            Step::Wait => {
                sleep(Duration::from_secs(10)).await;
                Ok(self.0 + 1)
            }
        }
    }
}

/// Undoes it, perhaps not at the first attempt.
struct Back {
    of: u32,
    fails: usize,
    panics: bool,
}

#[task]
impl Task<(), Log> for Back {
    fn config(&self) -> TaskConfig {
        TaskConfig::with_fixed_retry(2, Duration::from_secs(1))
    }

    async fn run(&self, store: &Log) -> CanoResult<()> {
        let line = format!("undo {}", self.of);
        store.note(&line);
        assert!(!self.panics, "a bug in the undo of {}", self.of);
        if store.count(&line) <= self.fails {
            return Err(CanoError::task_execution(Busy(store.count(&line))));
        }
        store.note(format!("undid {}", self.of));
        Ok(())
    }
}

/// States 0, 1, 2, each with an undo, and 3, which is as told; 4 is the exit.
fn steps(last: Step, fails: [usize; 3], panics: [bool; 3]) -> Workflow<u32, Log> {
    let mut workflow = Workflow::new(0).with_name("Steps");
    for of in 0..3 {
        let at = of as usize;
        workflow
            .register(of, Forward(of, Step::Go))
            .undo_by(of, Back { of, fails: fails[at], panics: panics[at] });
    }
    workflow.register(3, Forward(3, last)).undo_by(3, Back { of: 3, fails: 0, panics: false });
    workflow.add_exit_state(4);
    workflow
}

fn not_undone(error: &CanoError) -> &NotUndone {
    match error {
        CanoError::NotUndone(error) => error,
        other => panic!("all was undone: {other:#}"),
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_failed_run_did_is_undone_in_reverse_order() {
    let log = Log::new();

    let error = steps(Step::Fail, [0; 3], [false; 3]).orchestrate(&log).await.unwrap_err();

    // The error is that of the run; the step that failed has done nothing.
    assert_eq!(error.find(), Some(&Busy(3)));
    assert!(matches!(&error, CanoError::Task(error) if error.place().unwrap().state() == "3"));
    assert_eq!(
        log.lines(),
        ["did 0", "did 1", "did 2", "undo 2", "undid 2", "undo 1", "undid 1", "undo 0", "undid 0"]
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_is_undone_at_an_exit() {
    let log = Log::new();
    assert_eq!(steps(Step::Go, [0; 3], [false; 3]).orchestrate(&log).await.unwrap(), 4);
    assert_eq!(log.lines(), ["did 0", "did 1", "did 2", "did 3"]);
}

#[tokio::test(start_paused = true)]
async fn an_undo_has_retries_of_its_own() {
    let log = Log::new();
    let error = steps(Step::Fail, [0, 2, 0], [false; 3]).orchestrate(&log).await.unwrap_err();
    assert!(matches!(error, CanoError::Task(_)));
    assert_eq!((log.count("undo 1"), log.count("undid 1"), log.count("undid 0")), (3, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn an_undo_that_fails_keeps_no_other_from_running_and_the_error_has_both() {
    let log = Log::new();

    let error = steps(Step::Fail, [0, 3, 0], [false, false, true]).orchestrate(&log).await.unwrap_err();

    let failed = not_undone(&error);
    let texts: Vec<_> = failed.failures().iter().map(|failure| format!("{failure:#}")).collect();
    assert_eq!(
        texts,
        [
            "workflow `Steps`, state `2`: task `Back` panicked: a bug in the undo of 2",
            "workflow `Steps`, state `1`: task `Back` failed after 3 attempts: busy 3",
        ]
    );
    assert!(matches!(failed.cause(), CanoError::Task(_)));
    assert_eq!(error.find(), Some(&Busy(3)));
    assert_eq!(log.count("undid 0"), 1);
    assert_eq!(
        format!("{error:#}"),
        format!(
            "the run failed, and not everything it had done was undone ({}; {}): workflow `Steps`, state `3`: task `Forward` failed after 1 attempt: busy 3",
            texts[0], texts[1]
        )
    );
}

#[tokio::test(start_paused = true)]
async fn a_panic_a_deadline_and_a_cancellation_undo_too() {
    let undone = |log: &Log| ["undid 2", "undid 1", "undid 0"].map(|line| log.count(line)) == [1; 3];

    let log = Log::new();
    let error = steps(Step::Panic, [0; 3], [false; 3]).orchestrate(&log).await.unwrap_err();
    assert!(matches!(error, CanoError::Panicked(_)) && undone(&log));

    let log = Log::new();
    let late = steps(Step::Wait, [2, 0, 0], [false; 3]).with_timeout(Duration::from_secs(1));
    let error = late.orchestrate(&log).await.unwrap_err();
    // The waits between the attempts of an undo are after the deadline.
    assert!(matches!(error, CanoError::DeadlineExceeded(_)) && undone(&log));

    let (log, token) = (Log::new(), CancellationToken::new());
    let waiting = steps(Step::Wait, [2, 0, 0], [false; 3]);
    let options = RunOptions::new().with_cancellation(token.clone());
    let (end, ()) = tokio::join!(waiting.orchestrate_with(0, &log, options), async {
        sleep(Duration::from_secs(1)).await;
        token.cancel();
    });
    assert!(matches!(end, Err(CanoError::Cancelled(_))) && undone(&log));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_run_undoes_nothing() {
    let log = Log::new();
    let waiting = steps(Step::Wait, [0; 3], [false; 3]);
    tokio::time::timeout(Duration::from_secs(1), waiting.orchestrate(&log)).await.unwrap_err();
    sleep(Duration::from_secs(60)).await;
    assert_eq!(log.lines(), ["did 0", "did 1", "did 2"]);
}

#[tokio::test(start_paused = true)]
async fn a_step_that_was_done_twice_is_undone_twice_under_keys_of_its_own() {
    #[task]
    async fn count(store: &Log, cx: &Cx) -> CanoResult<&'static str> {
        match store.note(cx.idempotency_key()) {
            3 => Err(CanoError::task_execution("enough")),
            _ => Ok("count"),
        }
    }
    #[task]
    async fn uncount(store: &Log, cx: &Cx) -> CanoResult<()> {
        assert_eq!((cx.state(), cx.task()), ("count", "uncount"));
        store.note(cx.idempotency_key());
        Ok(())
    }
    let log = Log::new();
    let mut workflow = Workflow::new("count");
    workflow.register("count", count {}).undo_by("count", uncount {}).add_exit_state("done");

    workflow.orchestrate(&log).await.unwrap_err();

    let lines = log.lines();
    assert_eq!(lines[3..], [format!("{}-undo", lines[1]), format!("{}-undo", lines[0])]);
}
