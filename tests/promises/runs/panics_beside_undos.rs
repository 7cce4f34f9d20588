//! What panics when it is dropped or cloned is an error of its run, and keeps no undo from running.

use cano::prelude::*;
use tokio::time::sleep;

use super::in_combination::{charge, refund, seconds};
use crate::log::{Busy, Log};

/// Panics when it is dropped, in the middle of some work for instance.
#[derive(Debug)]
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        panic!("a bug in a drop");
    }
}

#[task]
async fn explodes_when_dropped() -> CanoResult<()> {
    let bomb = Bomb;
    sleep(seconds(10)).await;
    std::mem::forget(bomb);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_drop_that_panics_when_a_run_is_ended_is_an_error_of_the_run_and_keeps_no_undo() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Exploding {
            #[undo(refund)]
            #[start] Charge = charge >> Wait,
            Wait = explodes_when_dropped >> Done,
            #[exit] Done,
        }
    }
    let log = Log::new();
    let error = Exploding::workflow().with_timeout(seconds(1)).orchestrate(&log).await.unwrap_err();
    assert!(
        matches!(&error, CanoError::Panicked(panic) if panic.message() == "a bug in a drop"),
        "{error:?}"
    );
    assert_eq!(log.lines(), ["charge", "refund"]);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_whose_drop_panics_is_an_error_of_the_run_too() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Exploding {
            #[undo(refund)]
            #[start] Charge = charge >> Wait,
            #[timeout("1s")]
            #[catch(_ => Done)]
            Wait = explodes_when_dropped >> Done,
            #[exit] Done,
        }
    }
    let log = Log::new();
    let error = Exploding::run(&log).await.unwrap_err();
    assert!(matches!(&error, CanoError::Panicked(_)), "{error:?}");
    assert_eq!(log.lines(), ["charge", "refund"]);
}

/// The clone panics when it is dropped.
#[derive(Debug)]
enum Receipt {
    Original,
    Copy,
}

impl Clone for Receipt {
    fn clone(&self) -> Self {
        Self::Copy
    }
}

impl Drop for Receipt {
    fn drop(&mut self) {
        assert!(matches!(self, Self::Original), "a bug in a drop");
    }
}

#[task]
async fn receipt() -> CanoResult<Receipt> {
    Ok(Receipt::Original)
}

#[task]
async fn refund_receipt(receipt: &Receipt, store: &Log) -> CanoResult<()> {
    store.note("refund receipt");
    let _ = receipt;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn data_of_undos_that_panics_when_dropped_is_an_error_of_a_run_at_its_exit() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Exploding {
            #[undo(refund_receipt(outcome))]
            #[start] First = match receipt { _receipt => Second },
            #[undo(refund_receipt(outcome))]
            Second = match receipt { _receipt => Done { bomb: Bomb } },
            #[exit] Done { bomb: Bomb },
        }
    }
    let log = Log::new();
    let error = match Exploding::run(&log).await {
        Ok(ExplodingExit::Done { bomb }) => panic!("the run is at its exit with {bomb:?}"),
        Err(error) => error,
    };
    let CanoError::Panicked(panic) = &error else { panic!("{error:#}") };
    assert_eq!((panic.place().workflow(), panic.message()), ("Exploding", "a bug in a drop"));
    assert_eq!(log.lines(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn data_of_an_undo_that_panics_when_dropped_keeps_no_other_undo() {
    #[task]
    async fn fails() -> Result<(), Busy> {
        Err(Busy(1))
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Exploding {
            #[undo(refund)]
            #[start] Charge = charge >> Again,
            #[undo(refund_receipt(outcome))]
            Again = match receipt { _receipt => Fail },
            Fail = fails >> Done,
            #[exit] Done,
        }
    }
    let log = Log::new();
    let error = Exploding::run(&log).await.unwrap_err();
    let CanoError::NotUndone(left) = &error else { panic!("{error:#}") };
    assert_eq!(left.cause().find(), Some(&Busy(1)));
    assert!(matches!(left.failures(), [CanoError::Panicked(_)]), "{error:#}");
    assert_eq!(log.lines(), ["charge", "refund receipt", "refund"]);
}

#[tokio::test(start_paused = true)]
async fn data_of_an_undo_whose_clone_panics_ends_the_run_as_a_panic_and_the_steps_before_are_undone() {
    #[derive(Debug)]
    struct Receipt;
    impl Clone for Receipt {
        fn clone(&self) -> Self {
            panic!("a bug in a clone")
        }
    }
    #[task]
    async fn receipt(store: &Log) -> CanoResult<Receipt> {
        store.note("receipt");
        Ok(Receipt)
    }
    #[task]
    async fn refund_receipt(receipt: &Receipt, store: &Log) -> CanoResult<()> {
        store.note(format!("never {receipt:?}"));
        Ok(())
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Cloning {
            #[undo(refund)]
            #[start] Charge = charge >> Again,
            #[undo(refund_receipt(outcome))]
            #[catch(_ => Done)]
            Again = match receipt { _receipt => Done },
            #[exit] Done,
        }
    }
    let log = Log::new();
    let error = Cloning::run(&log).await.unwrap_err();
    let CanoError::Panicked(panic) = &error else { panic!("{error:#}") };
    assert_eq!((panic.place().state(), panic.message()), ("Again", "a bug in a clone"));
    assert_eq!(log.lines(), ["charge", "receipt", "refund"]);
}
