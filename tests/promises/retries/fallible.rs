//! A node whose `exec` may fail: only `exec` is attempted again.

use cano::{Phase, prelude::*};

use crate::log::{Busy, Log};

/// Where the node fails, in words: "prep", "exec", "fallback", "post"; "twice" is the first two attempts of `exec`.
pub(super) type Plan = &'static str;

pub(super) fn fails(plan: Plan, part: &str, log: &Log) -> Result<(), Busy> {
    let made = log.note(part);
    if plan.split(", ").any(|word| word == part) { Err(Busy(made)) } else { Ok(()) }
}

/// Without a fallback.
#[derive(Default)]
struct Plain;
#[node(fallible_exec, retry = fixed(2, "1s"))]
impl Plain {
    async fn prep(&self, plan: Plan, store: &Log) -> Result<(Plan, Log), Busy> {
        fails(plan, "prep", store).map(|()| (plan, store.clone()))
    }

    async fn exec(&self, prepared: &(Plan, Log), cx: &Cx) -> Result<u32, Busy> {
        let (plan, log) = prepared;
        fails(plan, "exec", log)?;
        if *plan == "twice" && cx.attempt() < 3 { Err(Busy(cx.attempt() as usize)) } else { Ok(1) }
    }

    async fn post(&self, plan: Plan, done: u32, store: &Log) -> Result<u32, Busy> {
        fails(plan, "post", store).map(|()| done)
    }
}

/// With one.
#[derive(Default)]
struct Falling;
#[node(fallible_exec, retry = fixed(2, "1s"))]
impl Falling {
    async fn prep(&self, plan: Plan, store: &Log) -> Result<(Plan, Log), Busy> {
        fails(plan, "prep", store).map(|()| (plan, store.clone()))
    }

    async fn exec(&self, prepared: &(Plan, Log)) -> Result<u32, CanoError> {
        if prepared.0.contains("permanent") {
            prepared.1.note("exec");
            return Err(CanoError::permanent(Busy(77)));
        }
        fails(prepared.0, "exec", &prepared.1).map(|()| 1).map_err(CanoError::task_execution)
    }

    async fn exec_fallback(&self, prepared: &(Plan, Log), error: CanoError) -> Result<u32, Busy> {
        fails(prepared.0, "fallback", &prepared.1)?;
        // The number of lines at the last failure, so that a test sees which error came.
        Ok(100 + error.find::<Busy>().map_or(0, |busy| busy.0 as u32))
    }

    async fn post(&self, plan: Plan, done: u32, store: &Log) -> Result<u32, Busy> {
        fails(plan, "post", store).map(|()| done)
    }
}

/// A table whose one row is this.
macro_rules! table {
    ($name:ident, $task:ident) => {
        workflow! {
            #[store(Log)]
            #[derive(Debug, PartialEq)]
            enum $name {
                #[start] Only { plan: Plan } = match $task(plan) { n => Finished { n } },
                #[exit] Finished { n: u32 },
            }
        }
    };
}

table!(Simple, Plain);
table!(Safe, Falling);

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Paired {
        #[start] Both { plan: Plan } = match (Falling(plan), slow()) { (n, ()) => Finished { n } },
        #[exit] Finished { n: u32 },
    }
}

#[task]
async fn slow() -> CanoResult<()> {
    tokio::time::sleep(Duration::from_secs(60)).await;
    Ok(())
}

fn failed(error: &CanoError) -> (Option<Phase>, u32) {
    let CanoError::Task(failed) = error else { panic!("not a task's: {error:#}") };
    (failed.phase(), failed.attempts())
}

#[tokio::test(start_paused = true)]
async fn only_exec_is_attempted_again_on_what_prep_yielded_once() {
    let log = Log::new();
    assert_eq!(Simple::run("twice", &log).await.unwrap(), SimpleExit::Finished { n: 1 });
    assert_eq!(log.lines(), ["prep", "exec", "exec", "exec", "post"]);
    let waits: Vec<_> = log.gaps().iter().map(Duration::as_secs).collect();
    assert_eq!(waits, [0, 1, 1, 0]);
}

#[tokio::test(start_paused = true)]
async fn without_a_fallback_the_last_error_of_exec_ends_the_run() {
    let log = Log::new();
    let error = Simple::run("exec", &log).await.unwrap_err();
    assert_eq!(log.lines(), ["prep", "exec", "exec", "exec"]);
    assert_eq!(error.find::<Busy>(), Some(&Busy(4)));
    assert_eq!(failed(&error), (Some(Phase::Exec), 3));
    assert_eq!(
        error.to_string(),
        "workflow `Simple`, state `Only`: task `Plain` failed in exec after 3 attempts"
    );
}

#[tokio::test(start_paused = true)]
async fn the_fallback_gets_the_last_error_and_its_result_goes_on_to_post() {
    let log = Log::new();
    assert_eq!(Safe::run("exec", &log).await.unwrap(), SafeExit::Finished { n: 104 });
    assert_eq!(log.lines(), ["prep", "exec", "exec", "exec", "fallback", "post"]);
}

#[tokio::test(start_paused = true)]
async fn a_permanent_error_of_exec_goes_to_the_fallback_at_once() {
    let log = Log::new();
    assert_eq!(Safe::run("permanent", &log).await.unwrap(), SafeExit::Finished { n: 177 });
    assert_eq!(log.lines(), ["prep", "exec", "fallback", "post"]);
}

#[tokio::test(start_paused = true)]
async fn a_fallback_that_fails_ends_the_run_and_is_not_repeated() {
    let log = Log::new();
    let error = Safe::run("exec, fallback", &log).await.unwrap_err();
    assert_eq!(log.lines(), ["prep", "exec", "exec", "exec", "fallback"]);
    assert_eq!(error.find::<Busy>(), Some(&Busy(5)));
}

#[tokio::test(start_paused = true)]
async fn failures_of_prep_and_post_are_not_repeated() {
    let log = Log::new();
    assert_eq!(failed(&Safe::run("prep", &log).await.unwrap_err()), (Some(Phase::Prep), 1));
    assert_eq!(log.lines(), ["prep"]);
    let log = Log::new();
    assert_eq!(failed(&Simple::run("post", &log).await.unwrap_err()), (Some(Phase::Post), 1));
    assert_eq!(log.lines(), ["prep", "exec", "post"]);
    // Nor after a fallback.
    let log = Log::new();
    Safe::run("exec, post", &log).await.unwrap_err();
    assert_eq!(log.lines(), ["prep", "exec", "exec", "exec", "fallback", "post"]);
}

#[tokio::test(start_paused = true)]
async fn all_of_it_holds_in_a_state_that_runs_several_tasks() {
    let log = Log::new();
    assert_eq!(Paired::run("exec", &log).await.unwrap(), PairedExit::Finished { n: 104 });
    assert_eq!(log.lines(), ["prep", "exec", "exec", "exec", "fallback", "post"]);
    for plan in ["prep", "post", "exec, fallback"] {
        let log = Log::new();
        Paired::run(plan, &log).await.unwrap_err();
        assert_eq!(log.count("prep"), 1, "{plan}");
        assert!(log.count("post") <= 1, "{plan}");
        assert!(log.count("fallback") <= 1, "{plan}");
    }
}

#[tokio::test(start_paused = true)]
async fn at_the_next_visit_of_the_state_prep_is_called_anew() {
    workflow! {
        #[store(Log)]
        enum Visits {
            #[start]
            #[catch(_ if round < 2 => Work { plan: "none", round: round + 1 })]
            Work { plan: Plan, round: u32 } = match Plain(plan) {
                _ if round < 3 => Work { plan, round: round + 1 },
                _ => Finished,
            },
            #[exit] Finished,
        }
    }
    // Given a first visit whose `exec` fails for good, and two that succeed
    let log = Log::new();
    Visits::run("exec", 1, &log).await.map(|VisitsExit::Finished| ()).unwrap();
    let (failed, worked) = (["prep", "exec", "exec", "exec"], ["prep", "exec", "post"]);
    assert_eq!(log.lines(), [&failed[..], &worked, &worked].concat());
}
