//! A test fails any task of any workflow, and what follows is what follows a real failure.

use cano::{
    RunOptions,
    prelude::*,
    testing::{FailAt, Injected, Recorder, assert_path},
};

use super::*;

/// What is told of a run of `workflow`.
async fn told<T>(workflow: CheckedWorkflow<T>, start: T) -> Vec<String>
where
    T: cano::__private::States<Store = MemoryStore>,
{
    let log = Log::new();
    drop(workflow.with_observer(lines(&log)).orchestrate_from(start, &MemoryStore::new()).await);
    log.lines()
}

/// The lines in which something fails, or is caught.
fn failures(told: &[String]) -> Vec<&str> {
    let is_failure = |line: &&str| line.contains(" failed in ") || line.contains("caught");
    told.iter().map(String::as_str).filter(is_failure).collect()
}

#[tokio::test(start_paused = true)]
async fn a_function_task_of_a_table_fails_at_the_attempts_that_were_named() {
    let faults = FailAt::attempts([1, 2]);
    let told = told(Search::workflow().with_fault("work", faults.clone()), Search::Look { n: 0 }).await;

    assert_eq!(
        told[2..8],
        [
            "try work 1 of 3",
            "work 1 failed in 0ns: attempt 1 was made to fail; again after 10s",
            "try work 2 of 3",
            "work 2 failed in 0ns: attempt 2 was made to fail; again after 10s",
            "try work 3 of 3",
            "work 3 succeeded in 1s",
        ]
    );
    assert_eq!(told.last().map(String::as_str), Some("end: exit after 21s"));
    faults.assert_made();
}

#[tokio::test(start_paused = true)]
async fn a_fault_and_a_real_failure_are_told_the_same() {
    let real = told(Search::workflow(), Search::Look { n: 9 }).await;
    let busy = std::sync::atomic::AtomicUsize::new(0);
    let fault = FailAt::always()
        .with_error(move || Busy(busy.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1));
    let injected = told(Search::workflow().with_fault("Look", fault), Search::Look { n: 0 }).await;

    // The task, which takes a second, is not called.
    let durations = |line: &String| line.replace("in 1s", "in 0ns").replace("23s", "20s");
    assert_eq!(injected, real.iter().map(durations).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn a_fault_may_begin_in_a_state_that_a_transition_or_a_catch_leads_to() {
    let workflow = Search::workflow().with_fault("Tell", FailAt::always());
    let after_outcome = told(workflow, Search::Look { n: 0 }).await;
    assert_eq!(
        after_outcome[6..],
        [
            "try tell 1 of 1",
            "tell 1 failed in 0ns: workflow `Search`, state `Tell`: task `tell` failed after 1 attempt; gives up",
            "end: failed after 1s",
        ]
    );

    let caught = told(Chain::workflow().with_fault("tell", FailAt::attempts([1, 2])), Chain::First).await;
    assert_eq!(
        caught[1..],
        [
            "enter state First, visit 0",
            "try tell 1 of 1",
            "tell 1 failed in 0ns: workflow `Chain`, state `First`: task `tell` failed after 1 attempt; gives up",
            "First caught false: Second",
            "First -> Second on _ after 0ns",
            "enter state Second, visit 1",
            "try tell 1 of 1",
            "tell 1 failed in 0ns: workflow `Chain`, state `Second`: task `tell` failed after 1 attempt; gives up",
            "Second caught false: Done",
            "Second -> Done on _ after 0ns",
            "enter exit Done, visit 2",
            "end: exit after 0ns",
        ]
    );
}

workflow! {
    enum Chain {
        #[start]
        #[catch(_ => Second)]
        First = tell >> Done,
        #[catch(_ => Done)]
        Second = tell >> Done,
        #[exit] Done,
    }
}

#[tokio::test(start_paused = true)]
async fn a_catch_of_a_pattern_takes_the_error_that_the_test_gave() {
    let workflow = Typed::workflow().with_fault("tell", FailAt::attempts([1]).with_error(|| Busy(4)));
    let end = workflow.orchestrate(&MemoryStore::new()).await.expect("it is caught");
    assert_eq!(end, TypedExit::Full);

    let workflow = Typed::workflow().with_fault("tell", FailAt::attempts([1]));
    let error = workflow.orchestrate(&MemoryStore::new()).await.expect_err("nothing catches it");
    assert_eq!(error.find::<Injected>().expect("it was injected").attempt, 1);
    assert_eq!(error.to_string(), "workflow `Typed`, state `Write`: task `tell` failed after 1 attempt");
}

workflow! {
    #[derive(Debug, PartialEq)]
    enum Typed {
        #[start]
        #[catch(Busy(4) => Full)]
        Write = tell >> Written,
        #[exit] Written,
        #[exit] Full,
    }
}

#[tokio::test(start_paused = true)]
async fn a_permanent_error_that_is_injected_is_attempted_once() {
    let broken = FailAt::always().with_error(|| CanoError::permanent("broken"));
    let told = told(Search::workflow().with_fault("work", broken), Search::Look { n: 0 }).await;

    assert_eq!(failures(&told).len(), 2, "{told:#?}");
}

#[tokio::test(start_paused = true)]
async fn tasks_at_once_fail_each_for_itself() {
    let told = told(Pair::workflow().with_fault("work", FailAt::attempts([1])), Pair::Both { n: 0 }).await;

    assert_eq!(failures(&told), ["work 1 failed in 0ns: attempt 1 was made to fail; again after 10s"]);
    assert_eq!(told.last().map(String::as_str), Some("end: exit after 11s"));
}

#[tokio::test(start_paused = true)]
async fn the_tasks_of_a_nested_run_fail_too() {
    let workflow = Outer::workflow().with_fault("tell", FailAt::attempts([1]));
    let told = told(workflow, Outer::Within { n: 0 }).await;

    let failed = failures(&told);
    assert_eq!(failed.len(), 2, "{told:#?}");
    assert!(failed[0].starts_with("tell 1 failed") && failed[1].starts_with("Pair 1 failed"), "{failed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_step_is_undone_after_a_fault_and_an_undo_may_fail_of_one_too() {
    let log = Log::new();
    let of = |log: &Log| {
        let mut workflow = Workflow::new(0).with_observer(lines(log));
        workflow.register(0, Go).undo_by(0, tell {}).register(1, Go);
        workflow.with_fault("1", FailAt::always())
    };
    let error = of(&log).orchestrate(&log).await.expect_err("it fails");
    assert!(error.find::<Injected>().is_some(), "{error}");
    assert_eq!(log.count("0 undone by tell in 0ns"), 1);

    let log = Log::new();
    let error = of(&log).with_fault("tell", FailAt::always()).orchestrate(&log).await.expect_err("it fails");
    assert!(matches!(error, CanoError::NotUndone(_)), "{error}");
    assert_eq!(log.count("0 not undone by tell in 0ns"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_task_of_the_builder_is_not_called_for_the_attempts_that_fail_and_they_are_counted_over_all_runs() {
    let (log, recorder) = (Log::new(), Recorder::new());
    let mut workflow =
        Workflow::new(0).with_observer(recorder.clone()).with_fault("Go", FailAt::attempts([1, 2, 4, 5, 6]));
    workflow.register(0, Go).add_exit_state(1);

    workflow.orchestrate(&log).await.expect("the third attempt succeeds");
    assert_eq!((log.count("called"), recorder.attempts("Go")), (1, 3));
    assert_path!(recorder, ["0", "1"]);

    let error = workflow.orchestrate(&log).await.expect_err("every attempt fails");
    assert_eq!(error.find::<Injected>().expect("it was injected").attempt, 6);
    assert_eq!(log.count("called"), 1);
}

#[tokio::test(start_paused = true)]
async fn a_fault_of_one_run_is_no_other_runs() {
    let (workflow, store) = (Typed::workflow(), MemoryStore::new());
    let options = RunOptions::new().with_fault("Write", FailAt::always());

    assert!(workflow.orchestrate_with(Typed::Write, &store, options).await.is_err());
    assert!(workflow.orchestrate(&store).await.is_ok());
}

/// Fails always, and has something to fall back on.
struct Shaky;

#[node(fallible_exec, retry = fixed(1, "1s"))]
impl Shaky {
    async fn prep(&self) -> CanoResult<()> {
        Ok(())
    }

    async fn exec(&self, _: ()) -> CanoResult<u32> {
        Err(CanoError::task_execution(Busy(1)))
    }

    async fn exec_fallback(&self, _: (), _: CanoError) -> CanoResult<u32> {
        Ok(7)
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

impl Default for Shaky {
    fn default() -> Self {
        Self
    }
}

workflow! {
    #[derive(Debug, PartialEq)]
    enum Shaking {
        #[start] Shake = match Shaky() { 7 => Fallen, _ => Held },
        #[exit] Fallen,
        #[exit] Held,
    }
}

#[tokio::test(start_paused = true)]
async fn a_fallback_is_no_attempt_that_could_fail() {
    let fault = FailAt::attempts([2, 3]);
    let workflow = Shaking::workflow().with_fault("Shaky", fault.clone());
    let end = workflow.orchestrate(&MemoryStore::new()).await;

    assert_eq!(end.expect("it falls back"), ShakingExit::Fallen);
    let seen = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| fault.assert_made()));
    let message = *seen.expect_err("the third was not made").downcast::<String>().expect("a message");
    assert_eq!(message, "attempt 3 was to fail, but only 2 of 3 attempts were made");
}

#[task]
async fn next(left: u32) -> CanoResult<Option<u32>> {
    Ok(left.checked_sub(1))
}

workflow! {
    enum Cycle {
        #[start]
        #[catch(_ => Good { left })]
        Bad { left: u32 } = match next(left) { Some(left) => Good { left }, None => Over },
        Good { left: u32 } = match next(left) { Some(left) => Bad { left }, None => Over },
        #[exit] Over,
    }
}

#[tokio::test(start_paused = true)]
async fn a_cycle_of_faults_that_never_waits_yields_all_the_same() {
    let (store, workflow) = (MemoryStore::new(), Cycle::workflow().with_fault("Bad", FailAt::always()));
    let run = workflow.orchestrate_from(Cycle::Bad { left: u32::MAX }, &store);

    tokio::select! {
        biased;
        _ = run => panic!("it does not end"),
        () = tokio::task::yield_now() => {}
    }
}
