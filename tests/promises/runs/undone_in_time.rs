//! The undos of a run may have a time, all of them together.

use std::time::Duration;

use cano::{NotUndone, RunOptions, UndoTimeout, prelude::*};
use tokio::time::{Instant, sleep};

use crate::log::{Busy, Log};

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

#[task]
async fn book(store: &Log) -> CanoResult<()> {
    store.note("booked");
    Ok(())
}

/// Takes so many seconds.
#[task(retry = fixed(2, "1s"))]
async fn unbook(time: u64, fails: usize, store: &Log, cx: &Cx) -> Result<(), Busy> {
    let _guard = store.on_drop("let go");
    sleep(seconds(time)).await;
    if cx.attempt() as usize <= fails {
        return Err(Busy(fails));
    }
    store.note(format!("unbooked {}", cx.state()));
    Ok(())
}

#[task]
async fn fails() -> Result<(), Busy> {
    Err(Busy(7))
}

workflow! {
    #[store(Log)]
    #[derive(Debug, Clone)]
    enum Trip {
        #[undo(unbook(time, fails))]
        #[start] Flight { time: u64, fails: usize } = book() >> Hotel { time, fails },
        #[undo(unbook(time, fails))]
        Hotel { time: u64, fails: usize } = book() >> Car { time, fails },
        #[undo(unbook(time, fails))]
        Car { time: u64, fails: usize } = book() >> Pay,
        Pay = fails() >> Paid,
        #[exit] Paid,
    }
}

fn left(error: &CanoError) -> &NotUndone {
    match error {
        CanoError::NotUndone(left) => left,
        other => panic!("all was undone: {other:#}"),
    }
}

fn late(error: &CanoError) -> (&str, u32) {
    match error {
        CanoError::UndoTimeout(late) => (UndoTimeout::place(late).state(), late.attempt()),
        other => panic!("not late: {other:#}"),
    }
}

/// How a run ends whose undos have this time, after how long.
async fn ends(time: u64, fails: usize, timeout: Duration, log: &Log) -> (CanoError, Duration) {
    let (began, workflow) = (Instant::now(), Trip::workflow());
    let options = RunOptions::new().with_undo_timeout(timeout);
    let end = workflow.orchestrate_with(Trip::Flight { time, fails }, log, options).await;
    (end.expect_err("it is not paid"), began.elapsed())
}

#[tokio::test(start_paused = true)]
async fn what_is_not_undone_in_time_is_told_as_such_and_the_run_ends() {
    let log = Log::new();
    let (error, took) = ends(2, 0, seconds(3), &log).await;
    // The last step is undone first; the second one is dropped where it stands; the third one does not begin.
    let of: Vec<_> = left(&error).failures().iter().map(late).collect();
    assert_eq!((of, took), (vec![("Hotel", 1), ("Flight", 0)], seconds(3)));
    assert_eq!(error.find(), Some(&Busy(7)));
    assert_eq!(log.lines()[3..], ["unbooked Car", "let go", "let go"]);
    let texts: Vec<_> = left(&error).failures().iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "workflow `Trip`, state `Hotel`: task `unbook` was ended in attempt 1, because the undos of the run may take at most 3s",
            "workflow `Trip`, state `Flight`: task `unbook` did not begin, because the undos of the run may take at most 3s",
        ]
    );
    sleep(seconds(100)).await;
    assert_eq!(log.lines().len(), 3 + 3);
}

#[tokio::test(start_paused = true)]
async fn all_attempts_and_the_waits_between_them_count() {
    let (error, took) = ends(1, 2, seconds(4), &Log::new()).await;
    // An attempt and a wait of a second each: the third attempt is ended in its moment, in which it is done.
    let of: Vec<_> = left(&error).failures().iter().map(late).collect();
    assert_eq!((of, took), (vec![("Car", 3), ("Hotel", 0), ("Flight", 0)], seconds(4)));
    // Where it fails by itself that is its error, and no time is left for the others.
    let (error, _) = ends(1, 3, seconds(5), &Log::new()).await;
    let [own, others @ ..] = left(&error).failures() else { panic!("{error:#}") };
    assert_eq!((own.find(), others.len()), (Some(&Busy(3)), 2));
    assert_eq!(others.iter().map(late).collect::<Vec<_>>(), [("Hotel", 0), ("Flight", 0)]);
}

#[tokio::test(start_paused = true)]
async fn enough_time_changes_nothing_and_none_undoes_nothing() {
    for enough in [seconds(6), Duration::MAX] {
        let log = Log::new();
        let (error, took) = ends(2, 0, enough, &log).await;
        assert!(matches!(error, CanoError::Task(_)), "{error:#}");
        assert_eq!((took, log.count("unbooked Flight")), (seconds(6), 1));
    }
    let log = Log::new();
    let (error, took) = ends(0, 0, Duration::ZERO, &log).await;
    let of: Vec<_> = left(&error).failures().iter().map(late).collect();
    assert_eq!((of, took), (vec![("Car", 0), ("Hotel", 0), ("Flight", 0)], Duration::ZERO));
    assert_eq!(log.lines(), ["booked"; 3]);
}

#[tokio::test(start_paused = true)]
async fn of_the_workflows_time_and_the_runs_the_shorter_one_counts() {
    for (of_workflow, of_run) in [(1, 3), (3, 1)] {
        let began = Instant::now();
        let workflow = Trip::workflow().with_undo_timeout(seconds(of_workflow));
        let options = RunOptions::new().with_undo_timeout(seconds(of_run));
        let start = Trip::Flight { time: 9, fails: 0 };
        let error = workflow.orchestrate_with(start, &Log::new(), options).await.unwrap_err();
        assert_eq!((left(&error).failures().len(), began.elapsed()), (3, seconds(1)));
    }
    let began = Instant::now();
    let workflow = Trip::workflow().with_undo_timeout(seconds(2));
    workflow.orchestrate_from(Trip::Flight { time: 9, fails: 0 }, &Log::new()).await.unwrap_err();
    assert_eq!(began.elapsed(), seconds(2));
}

#[tokio::test(start_paused = true)]
async fn the_builder_has_it_too_and_its_concurrent_runs() {
    #[task]
    async fn fails(store: &Log) -> Result<u8, Busy> {
        Err(Busy(store.note("fails")))
    }
    #[task]
    async fn does(store: &Log) -> CanoResult<u8> {
        store.note("did");
        Ok(1)
    }
    #[task]
    async fn never_undoes() -> CanoResult<()> {
        std::future::pending().await
    }
    let mut workflow = ConcurrentWorkflow::new(0).with_undo_timeout(seconds(5));
    workflow.register(0, does {}).undo_by(0, never_undoes {}).register(1, fails {}).add_exit_state(2);
    let (results, status) =
        workflow.execute_concurrent(vec![Log::new(); 2], WaitStrategy::WaitForever).await.unwrap();
    assert_eq!((status.failed, status.duration), (2, seconds(5)));
    let WorkflowResult::Failed(error) = &results[0] else { panic!("it failed") };
    assert_eq!(left(error).failures().iter().map(late).collect::<Vec<_>>(), [("0", 1)]);

    let began = Instant::now();
    let built = workflow.workflow().clone().with_undo_timeout(seconds(3));
    built.orchestrate(&Log::new()).await.unwrap_err();
    assert_eq!(began.elapsed(), seconds(3));
}

#[tokio::test(start_paused = true)]
async fn a_nested_run_has_as_much_time_for_its_own() {
    #[task]
    async fn waits(store: &Log) -> CanoResult<()> {
        store.note("waits");
        std::future::pending().await
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug, Clone)]
        enum Inner {
            #[undo(unbook(time, fails))]
            #[start] Flight { time: u64, fails: usize } = book() >> Wait,
            Wait = waits() >> Waited,
            #[exit] Waited,
        }
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Outer {
            #[undo(unbook(time, fails))]
            #[start] Hotel { time: u64, fails: usize } = book() >> Nest { time, fails },
            Nest { time: u64, fails: usize } = match Inner(time, fails) { Waited => Done },
            #[exit] Done,
        }
    }
    let (began, workflow) = (Instant::now(), Outer::workflow().with_undo_timeout(seconds(2)));
    let options = RunOptions::new().with_timeout(seconds(10));
    let start = Outer::Hotel { time: 60, fails: 0 };
    let error = workflow.orchestrate_with(start, &Log::new(), options).await.unwrap_err();
    // Ten seconds until the deadline, two for the nested run, two for this one.
    assert_eq!(began.elapsed(), seconds(10 + 2 + 2));
    let [nested, own] = left(&error).failures() else { panic!("{error:#}") };
    assert_eq!(late(own), ("Hotel", 1));
    assert_eq!(late(&left(nested).failures()[0]), ("Flight", 1));
}

#[tokio::test(start_paused = true)]
async fn an_undo_whose_drop_panics_when_its_time_is_over_keeps_the_run_from_nothing() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("a bug in a drop");
        }
    }
    #[task]
    async fn explodes() -> CanoResult<()> {
        let _bomb = Bomb;
        std::future::pending().await
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Exploding {
            #[undo(explodes())]
            #[start] Flight = book() >> Pay,
            Pay = fails() >> Paid,
            #[exit] Paid,
        }
    }
    let error =
        Exploding::workflow().with_undo_timeout(seconds(1)).orchestrate(&Log::new()).await.unwrap_err();
    let [failure] = left(&error).failures() else { panic!("{error:#}") };
    assert!(matches!(failure, CanoError::Panicked(_)), "{failure:#}");
}
