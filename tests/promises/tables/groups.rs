//! A table so large that its rows stand in groups does what a small one does: the same rows, with one state in the
//! middle or seventy, are observed to do the same.

use std::{future::pending, num::NonZeroU64, time::Duration};

use cano::{CancellationToken, RunOptions, limit::ConcurrencyLimit, prelude::*};
use tokio::time::sleep;

use crate::{
    log::{Busy, Log},
    observe::lines,
};

/// What happens in `Work`, in another group than the states before and after it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Case {
    Straight,
    /// By way of all the states in the middle.
    Around,
    FailsTwice,
    Caught,
    Fails,
    Panics,
    Waits,
    /// From group to group, without an end.
    Cycle,
}

static ONE: ConcurrencyLimit = ConcurrencyLimit::new(1);

#[task]
async fn open(case: Case) -> CanoResult<Case> {
    sleep(Duration::from_millis(10)).await;
    Ok(case)
}

#[task]
async fn close(store: &Log) -> CanoResult<()> {
    store.note("closed");
    Ok(())
}

#[task]
async fn pass() -> CanoResult<()> {
    Ok(())
}

#[task(retry = fixed(2, "1s"))]
async fn work(case: Case, cx: &Cx) -> Result<bool, Busy> {
    match case {
        Case::FailsTwice if cx.attempt() < 3 => Err(Busy(cx.attempt() as usize)),
        Case::Caught => Err(Busy(100)),
        Case::Fails => Err(Busy(0)),
        Case::Panics => panic!("a bug"),
        Case::Waits => pending().await,
        case => Ok(case == Case::Cycle),
    }
}

macro_rules! shop {
    ($($state:ident)*) => { shop!(@ [$($state)*] $($state)* Work); };
    (@ [$($state:ident)*] $first:ident $($next:ident)*) => {
        workflow! {
            #[store(Log)]
            #[derive(Clone, Debug)]
            pub(super) enum Shop {
                #[undo(close())]
                #[start] Open { case: Case } = match open(case) {
                    Case::Around => $first { case },
                    _ => Work { case },
                },
                Again { case: Case } = pass() >> Work { case },
                $($state { case: Case } = pass() >> $next { case },)*
                #[limit(ONE)]
                #[timeout("1m")]
                #[catch(Busy(100) => Close)]
                Work { case: Case } = match work(case) {
                    true => Again { case },
                    false => Both { case },
                },
                Both { case: Case } = match (open(case), pass()) { (_, ()) => Close },
                Close = close() >> Done,
                #[exit] Done,
            }
        }

        /// What is told of a run, and its end.
        pub(super) async fn told(case: Case, options: RunOptions) -> Vec<String> {
            let log = Log::new();
            let shop = Shop::workflow()
                .with_transition_limit(NonZeroU64::new(300).expect("it is not zero"))
                .with_observer(lines(&log));
            let end = shop.orchestrate_with(Shop::Open { case }, &log, options).await;
            log.note(match end {
                Ok(exit) => format!("{exit:?}"),
                Err(error) => format!("{error:#}"),
            });
            log.lines()
        }
    };
}

mod small {
    use super::*;

    shop!(M00);
}

mod large {
    use super::*;

    shop!(
        M00 M01 M02 M03 M04 M05 M06 M07 M08 M09 M10 M11 M12 M13 M14 M15 M16 M17 M18 M19 M20 M21 M22 M23 M24
        M25 M26 M27 M28 M29 M30 M31 M32 M33 M34 M35 M36 M37 M38 M39 M40 M41 M42 M43 M44 M45 M46 M47 M48 M49
        M50 M51 M52 M53 M54 M55 M56 M57 M58 M59 M60 M61 M62 M63 M64 M65 M66 M67 M68 M69
    );
}

/// What is told of a run of the large table, which is what is told of the small one.
async fn told(case: Case, options: fn() -> RunOptions) -> Vec<String> {
    let (large, small) = (large::told(case, options()).await, small::told(case, options()).await);

    assert_eq!(large, small);
    large
}

fn assert_says(told: &[String], lines: &[&str]) {
    for line in lines {
        assert!(told.iter().any(|told| told.contains(line)), "not told: {line}; but {told:#?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_goes_to_another_group_and_back() {
    let told = told(Case::Straight, RunOptions::new).await;

    assert_says(&told, &["Open -> Work", "Work -> Both", "Both -> Close", "Close -> Done", "end: exit"]);
}

#[tokio::test(start_paused = true)]
async fn a_run_goes_through_all_groups() {
    let told = large::told(Case::Around, RunOptions::new()).await;

    assert_eq!(told.iter().filter(|line| line.starts_with("enter state M")).count(), 70);
    assert_says(&told, &["enter state Work, visit 71", "enter exit Done, visit 74"]);
}

#[tokio::test(start_paused = true)]
async fn attempts_are_repeated_in_their_group() {
    let told = told(Case::FailsTwice, RunOptions::new).await;

    assert_says(&told, &["try work 3 of 3", "work 3 succeeded", "end: exit after 2.02s"]);
}

#[tokio::test(start_paused = true)]
async fn an_error_is_caught_and_leads_on() {
    let told = told(Case::Caught, RunOptions::new).await;

    assert_says(&told, &["Work caught true: Close", "Close -> Done"]);
}

#[tokio::test(start_paused = true)]
async fn what_was_done_in_another_group_is_undone() {
    for case in [Case::Fails, Case::Panics] {
        let told = told(case, RunOptions::new).await;

        assert_says(&told, &["undo Open by close", "closed", "Work"]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_is_ended_from_outside() {
    let deadline = told(Case::Waits, || RunOptions::new().with_timeout(Duration::from_secs(1))).await;
    assert_says(&deadline, &["in state `Work`", "undo Open by close"]);

    let timeout = told(Case::Waits, RunOptions::new).await;
    assert_says(&timeout, &["work 3 failed in 60s", "undo Open by close"]);

    let cancelled = || {
        let token = CancellationToken::new();
        let cancelling = token.clone();
        tokio::spawn(async move {
            sleep(Duration::from_secs(1)).await;
            cancelling.cancel();
        });
        RunOptions::new().with_cancellation(token)
    };
    assert_says(&told(Case::Waits, cancelled).await, &["end: cancelled after 1s", "undo Open by close"]);
}

#[tokio::test(start_paused = true)]
async fn transitions_between_groups_count() {
    let told = told(Case::Cycle, RunOptions::new).await;

    assert_says(&told, &["enter state Again, visit 300", "300 transitions"]);
}

workflow! {
    #[store(Log)]
    enum Mall {
        #[start] Enter { case: Case } = match large::Shop(case) { Done => Left },
        #[exit] Left,
    }
}

#[tokio::test(start_paused = true)]
async fn a_large_table_is_a_task_of_another() {
    let log = Log::new();

    Mall::run(Case::Straight, &log).await.unwrap();

    assert_eq!(log.lines(), ["closed"]);
}
