//! `#[catch(..)]`: where a task's error leads after the last attempt.

use std::{fmt, io};

use cano::prelude::*;

use crate::log::Log;

#[derive(Debug, Clone)]
enum LedgerError {
    Closed,
    Full(u32),
}

impl fmt::Display for LedgerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for LedgerError {}

/// What the task does at each attempt.
#[derive(Clone, Copy, Debug)]
enum Book {
    Fails(fn(&Cx) -> CanoError),
    Panics,
    Books,
}

#[task(retry = fixed(2, "1s"))]
async fn book(what: Book, cx: &Cx, store: &Log) -> CanoResult<u32> {
    store.note(format!("attempt {}", cx.attempt()));
    match what {
        Book::Fails(error) => Err(error(cx)),
        Book::Panics => panic!("out of ink"),
        Book::Books => Ok(cx.attempt()),
    }
}

workflow! {
    #[store(Log)]
    enum Ledger {
        #[start]
        #[catch(LedgerError::Closed => Later)]
        #[catch(LedgerError::Full(n) if *n > 100 => Split { n: *n })]
        #[catch(LedgerError::Full(_) => Later)]
        #[catch(error if error.find::<io::Error>().is_some() => Offline { reason: error.to_string() })]
        Book { what: Book } = match book(what) { n => Booked { n } },
        #[exit] Booked { n: u32 },
        #[exit] Later,
        #[exit] Split { n: u32 },
        #[exit] Offline { reason: String },
    }
}

workflow! {
    #[store(Log)]
    enum Pair {
        #[start]
        #[catch(LedgerError::Closed => Later)]
        #[catch(_ => Never)]
        Both { what: Book } = match (book(what), wait()) { (n, ()) => Booked { n } },
        #[exit] Booked { n: u32 },
        #[exit] Later,
        #[exit] Never,
    }
}

#[task]
async fn wait() -> CanoResult<()> {
    tokio::time::sleep(Duration::from_mins(1)).await;
    Ok(())
}

workflow! {
    #[store(Log)]
    enum Parent {
        #[start]
        #[catch(LedgerError::Closed => Later)]
        Inside { what: Book } = match Unguarded(what) { Booked { n } => Booked { n } },
        #[exit] Booked { n: u32 },
        #[exit] Later,
    }
}

workflow! {
    #[store(Log)]
    enum Unguarded {
        #[start] Book { what: Book } = match book(what) { n => Booked { n } },
        #[exit] Booked { n: u32 },
    }
}

const CLOSED: Book = Book::Fails(|_| CanoError::task_execution(LedgerError::Closed));

async fn end(what: Book) -> (String, usize) {
    let log = Log::new();
    let end = match Ledger::run(what, &log).await {
        Ok(LedgerExit::Booked { n }) => format!("booked {n}"),
        Ok(LedgerExit::Later) => "later".into(),
        Ok(LedgerExit::Split { n }) => format!("split {n}"),
        Ok(LedgerExit::Offline { reason }) => reason,
        Err(error) => format!("error: {error:#}"),
    };
    (end, log.lines().len())
}

#[tokio::test(start_paused = true)]
async fn an_error_is_caught_after_the_last_attempt_only() {
    assert_eq!(end(CLOSED).await, ("later".into(), 3));
    let in_time = Book::Fails(|cx| match cx.attempt() {
        3 => CanoError::permanent(io::Error::other("unplugged")),
        _ => CanoError::task_execution(LedgerError::Closed),
    });
    // What earlier attempts failed with is not caught: the last error counts.
    let reason = "workflow `Ledger`, state `Book`: task `book` failed after 3 attempts";
    assert_eq!(end(in_time).await, (reason.into(), 3));
}

#[tokio::test(start_paused = true)]
async fn a_task_that_succeeds_takes_no_catch() {
    assert_eq!(end(Book::Books).await, ("booked 1".into(), 1));
}

#[tokio::test(start_paused = true)]
async fn catches_are_tried_in_their_order_with_their_guards() {
    assert_eq!(
        end(Book::Fails(|_| CanoError::permanent(LedgerError::Full(500)))).await,
        ("split 500".into(), 1)
    );
    assert_eq!(end(Book::Fails(|_| CanoError::permanent(LedgerError::Full(5)))).await, ("later".into(), 1));
}

#[tokio::test(start_paused = true)]
async fn an_error_that_no_catch_takes_ends_the_run() {
    let text = "error: workflow `Ledger`, state `Book`: task `book` failed after 3 attempts: nobody there";
    assert_eq!(end(Book::Fails(|_| "nobody there".into())).await, (text.into(), 3));
}

#[tokio::test(start_paused = true)]
async fn a_panic_is_not_caught() {
    let text = "error: workflow `Ledger`, state `Book`: task `book` panicked: out of ink";
    assert_eq!(end(Book::Panics).await, (text.into(), 1));
    // Not even where everything is.
    let error = Pair::run(Book::Panics, &Log::new()).await.err().expect("a panic ends the run");
    assert!(matches!(error, CanoError::Panicked(_)));
}

#[tokio::test(start_paused = true)]
async fn the_error_of_one_of_several_tasks_is_caught_after_its_last_attempt() {
    let log = Log::new();
    assert!(matches!(Pair::run(CLOSED, &log).await, Ok(PairExit::Later)));
    assert_eq!(log.lines(), ["attempt 1", "attempt 2", "attempt 3"]);
    assert!(matches!(Pair::run(Book::Fails(|_| "other".into()), &log).await, Ok(PairExit::Never)));
    assert!(matches!(Pair::run(Book::Books, &log).await, Ok(PairExit::Booked { n: 1 })));
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_nested_workflow_is_caught_by_the_pattern_of_its_cause() {
    let log = Log::new();
    assert!(matches!(Parent::run(CLOSED, &log).await, Ok(ParentExit::Later)));
    assert_eq!(log.lines().len(), 3);
    assert!(matches!(Parent::run(Book::Books, &log).await, Ok(ParentExit::Booked { n: 1 })));
    assert!(Parent::run(Book::Fails(|_| "other".into()), &log).await.is_err());
}

#[tokio::test]
async fn a_type_is_caught_by_its_path_and_a_variant_by_its_name_whatever_it_holds() {
    #[task]
    async fn read(n: u32) -> Result<(), BoxError> {
        match n {
            0 => Err(io::Error::other("closed").into()),
            1 => Err(StoreError::NotFound { key: "a".to_owned() }.into()),
            _ => Err(LedgerError::Full(n).into()),
        }
    }
    workflow! {
        #[derive(Debug, PartialEq)]
        enum Reading {
            #[start]
            #[catch(io::Error => OfIo)]
            #[catch(StoreError::NotFound => OfStore)]
            #[catch(LedgerError::Full => OfLedger)]
            Read { n: u32 } = read(n) >> Done,
            #[exit] Done,
            #[exit] OfIo,
            #[exit] OfStore,
            #[exit] OfLedger,
        }
    }

    for (n, end) in [(0, ReadingExit::OfIo), (1, ReadingExit::OfStore), (2, ReadingExit::OfLedger)] {
        assert_eq!(Reading::run(n, &MemoryStore::new()).await.unwrap(), end);
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_of_a_run_that_a_task_has_started_is_an_error_of_that_task() {
    #[task]
    async fn wait() -> CanoResult<()> {
        std::future::pending().await
    }
    workflow! {
        enum Inner {
            #[start] Wait = wait >> Done,
            #[exit] Done,
        }
    }
    #[task]
    async fn run_within_a_second(store: &MemoryStore) -> CanoResult<()> {
        let options = cano::RunOptions::new().with_timeout(Duration::from_secs(1));
        Inner::workflow().orchestrate_with(Inner::Wait, store, options).await.map(drop)
    }
    workflow! {
        #[derive(Debug, PartialEq)]
        enum Outer {
            #[start]
            #[catch(CanoError::DeadlineExceeded(_) => Late)]
            Run = run_within_a_second >> Done,
            #[exit] Done,
            #[exit] Late,
        }
    }

    assert_eq!(Outer::run(&MemoryStore::new()).await.unwrap(), OuterExit::Late);
}
