//! Who hears of what it could not undo.

use cano::{RunOptions, prelude::*};
use tokio::time::sleep;

use super::{Payment, PaymentExit, charge, fails_soon, refund, seconds};
use crate::log::{Busy, Log};

/// How the row's attempt ended, in a few words.
#[task]
async fn tell(told: String, store: &Log) -> CanoResult<()> {
    store.note(told);
    Ok(())
}

fn in_words(error: &CanoError) -> String {
    match error {
        CanoError::NotUndone(left) => format!("{} not undone: {:#}", left.failures().len(), left.cause()),
        other => format!("all undone: {other:#}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_catch_is_told_what_a_run_that_was_ended_could_not_undo() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Timed {
            #[timeout("3s")]
            #[retry(fixed(3, "1s"))]
            #[catch(error => Tell { told: in_words(&error) })]
            #[start] Pay { fails: bool } = match Payment(fails) { Paid => Done },
            Tell { told: String } = tell(told) >> Done,
            #[exit] Done,
        }
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Both {
            #[catch(error => Tell { told: in_words(&error) })]
            #[start] Pay { fails: bool } = match (Payment(fails), fails_soon()) { (Paid, ()) => Done },
            Tell { told: String } = tell(told) >> Done,
            #[exit] Done,
        }
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Items {
            #[catch(error => Tell { told: in_words(&error) })]
            #[timeout("3s")]
            #[retry(fixed(3, "1s"))]
            #[start] Pay { fails: Vec<bool> } = match each(Payment, over = fails) { _paid => Done },
            Tell { told: String } = tell(told) >> Done,
            #[exit] Done,
        }
    }
    // It undoes what it did: the attempt is repeated, and the error is the timeout.
    let log = Log::new();
    Timed::run(false, &log).await.unwrap();
    assert_eq!((log.count("charge"), log.count("refund")), (4, 4));
    assert!(log.lines().last().unwrap().starts_with("all undone: workflow `Timed`"), "{:?}", log.lines());

    // It does not: what it did is not to be done again.
    let log = Log::new();
    Timed::run(true, &log).await.unwrap();
    assert_eq!(log.count("charge"), 1);
    let told = log.lines().pop().unwrap();
    assert!(
        told.starts_with("1 not undone: workflow `Timed`, state `Pay`: task `Payment` did not end"),
        "{told}"
    );

    let log = Log::new();
    Both::run(true, &log).await.unwrap();
    let told = log.lines().pop().unwrap();
    assert!(told.starts_with("1 not undone") && told.ends_with("busy 7"), "{told}");

    let log = Log::new();
    Items::run(vec![true, false, true], &log).await.unwrap();
    let told = log.lines().pop().unwrap();
    assert!(told.starts_with("2 not undone: workflow `Items`, state `Pay`: task `Payment[0]`"), "{told}");
}

#[tokio::test(start_paused = true)]
async fn it_is_the_error_of_the_run_where_nothing_catches_it() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Timed {
            #[undo(refund(fails))]
            #[start] Charge { fails: bool } = charge() >> Pay { fails },
            #[timeout("3s")]
            Pay { fails: bool } = match Payment(fails) { Paid => Done },
            #[exit] Done,
        }
    }
    let error = Timed::run(true, &Log::new()).await.unwrap_err();
    let CanoError::NotUndone(left) = &error else { panic!("{error:#}") };
    // The nested run's, and this one's own.
    assert_eq!(left.failures().len(), 2, "{error:#}");
    assert!(matches!(left.failures()[0], CanoError::NotUndone(_)), "{error:#}");
    assert!(matches!(left.cause(), CanoError::AttemptTimeout(_)), "{error:#}");
}

#[tokio::test(start_paused = true)]
async fn it_is_told_too_where_the_run_is_cancelled_before_the_undo_has_failed() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Timed {
            #[timeout("3s")]
            #[start] Pay { fails: bool } = match Payment(fails) { Paid => Done },
            #[exit] Done,
        }
    }
    // The undo begins at 3 s, when the attempt is over, and has failed at 6 s.
    for deadline in [1, 4] {
        let options = RunOptions::new().with_timeout(seconds(deadline));
        let start = Timed::Pay { fails: true };
        let error = Timed::workflow().orchestrate_with(start, &Log::new(), options).await.unwrap_err();
        let CanoError::NotUndone(left) = &error else { panic!("{error:#}") };
        assert_eq!(left.failures().len(), 1, "{error:#}");
        assert!(matches!(left.cause(), CanoError::DeadlineExceeded(_)), "{error:#}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_loser_could_not_undo_is_told_by_a_run_that_fails_later_and_by_no_attempt() {
    #[task]
    async fn soon_paid() -> CanoResult<PaymentExit> {
        sleep(seconds(3)).await;
        Ok(PaymentExit::Paid)
    }
    #[task(retry = fixed(2, "1s"))]
    async fn third(fails: bool, cx: &Cx) -> Result<(), Busy> {
        if fails || cx.attempt() < 3 { Err(Busy(3)) } else { Ok(()) }
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum First {
            #[start] Pay { left: bool, fails: bool } = match any(Payment(left), soon_paid()) { Paid => Then { fails } },
            Then { fails: bool } = third(fails) >> Done,
            #[exit] Done,
        }
    }
    First::run(true, false, &Log::new()).await.unwrap();
    let error = First::run(true, true, &Log::new()).await.unwrap_err();
    let CanoError::NotUndone(left) = &error else { panic!("{error:#}") };
    assert_eq!(left.failures().len(), 1, "{error:#}");
    assert!(matches!(left.cause(), CanoError::Task(task) if task.attempts() == 3), "{error:#}");
}
