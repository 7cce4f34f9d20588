//! A nested run that is ended from outside undoes what it did before it is dropped.

use std::time::Duration;

use cano::{CancellationToken, Cx, RunOptions, WaitStrategy, prelude::*};
use tokio::time::{Instant, sleep};

use crate::log::{Busy, Log};

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

#[task]
async fn charge(store: &Log) -> CanoResult<()> {
    store.note("charge");
    Ok(())
}

#[task(retry = fixed(1, "1s"))]
async fn refund(fails: bool, store: &Log) -> Result<(), Busy> {
    sleep(seconds(1)).await;
    store.note("refund");
    if fails { Err(Busy(1)) } else { Ok(()) }
}

#[task]
async fn ship(store: &Log) -> CanoResult<()> {
    let _guard = store.on_drop("let go");
    sleep(seconds(10)).await;
    store.note("shipped");
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug, Clone)]
    enum Payment {
        #[undo(refund(fails))]
        #[start] Charge { fails: bool } = charge() >> Ship,
        Ship = ship >> Paid,
        #[exit] Paid,
    }
}

#[task]
async fn soon(store: &Log) -> Result<(), Busy> {
    sleep(seconds(3)).await;
    store.note("soon");
    Ok(())
}

#[task]
async fn fails_soon() -> Result<(), Busy> {
    sleep(seconds(3)).await;
    Err(Busy(7))
}

#[task]
async fn after(store: &Log) -> CanoResult<()> {
    store.note("after");
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Order {
        #[catch(_ => After)]
        #[start] Pay { fails: bool } = match Payment(fails) { Paid => After },
        After = after >> Done,
        #[exit] Done,
    }
}

fn paying(fails: bool) -> Order {
    Order::Pay { fails }
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_run_waits_for_the_undos_of_a_run_within_it() {
    let (log, token, began) = (Log::new(), CancellationToken::new(), Instant::now());
    let workflow = Order::workflow();
    let options = RunOptions::new().with_cancellation(token.clone());
    let (end, ()) = tokio::join!(workflow.orchestrate_with(paying(false), &log, options), async {
        sleep(seconds(3)).await;
        token.cancel();
    });

    assert!(matches!(end, Err(CanoError::Cancelled(_))), "{end:?}");
    assert_eq!(
        (began.elapsed(), log.lines()),
        (seconds(4), vec!["charge".into(), "let go".into(), "refund".into()])
    );
}

#[tokio::test(start_paused = true)]
async fn a_deadline_waits_for_them_too_and_an_undo_that_fails_is_heard_of() {
    let (log, began) = (Log::new(), Instant::now());
    let error =
        Order::workflow().with_timeout(seconds(3)).orchestrate_from(paying(true), &log).await.unwrap_err();

    let CanoError::NotUndone(left) = &error else { panic!("{error:#}") };
    assert!(matches!(left.cause(), CanoError::DeadlineExceeded(_)));
    assert!(
        format!("{error:#}").contains("state `Charge`: task `refund` failed after 2 attempts: busy 1"),
        "{error:#}"
    );
    assert_eq!((began.elapsed(), log.count("refund"), log.count("after")), (seconds(3 + 3), 2, 0));
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_row_waits_for_them_and_is_caught_then() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Timed {
            #[timeout("3s")]
            #[catch(_ => After)]
            #[start] Pay { fails: bool } = match Payment(fails) { Paid => After },
            After = after >> Done,
            #[exit] Done,
        }
    }
    let (log, began) = (Log::new(), Instant::now());
    Timed::run(false, &log).await.unwrap();
    assert_eq!(
        (began.elapsed(), log.lines()[2..].to_vec()),
        (seconds(4), vec!["refund".to_string(), "after".into()])
    );
}

#[tokio::test(start_paused = true)]
async fn a_sibling_that_fails_waits_for_them() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Both {
            #[start] Pay { fails: bool } = match (Payment(fails), fails_soon()) { (Paid, ()) => Done },
            #[exit] Done,
        }
    }
    let (log, began) = (Log::new(), Instant::now());
    let error = Both::run(false, &log).await.unwrap_err();
    assert_eq!(error.find(), Some(&Busy(7)));
    assert_eq!((began.elapsed(), log.count("refund"), log.count("shipped")), (seconds(4), 1, 0));
}

#[tokio::test(start_paused = true)]
async fn a_winner_waits_for_them() {
    #[task]
    async fn soon_paid(store: &Log) -> CanoResult<PaymentExit> {
        sleep(seconds(3)).await;
        store.note("soon");
        Ok(PaymentExit::Paid)
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum First {
            #[start] Pay { fails: bool } = match any(Payment(fails), soon_paid()) { Paid => Done },
            #[exit] Done,
        }
    }
    let (log, began) = (Log::new(), Instant::now());
    First::run(false, &log).await.unwrap();
    assert_eq!(
        (began.elapsed(), log.lines()),
        (seconds(4), ["charge", "soon", "let go", "refund"].map(String::from).to_vec())
    );
}

#[tokio::test(start_paused = true)]
async fn a_strategy_that_ends_the_wait_waits_for_them() {
    let log = Log::new();
    let starts = vec![paying(false), paying(false)];
    let runs = Order::workflow().concurrent((starts, log.clone()));
    let (_, status) = runs.execute(WaitStrategy::WaitDuration(seconds(3))).await;
    assert_eq!((status.cancelled, status.duration, log.count("refund")), (2, seconds(4), 2));
}

#[tokio::test(start_paused = true)]
async fn a_run_within_that_undid_its_work_does_it_again_under_keys_of_its_own() {
    #[task]
    async fn pay(store: &Log, cx: &Cx) -> CanoResult<()> {
        store.note(format!("pay {}", cx.idempotency_key()));
        Ok(())
    }
    #[task]
    async fn unpay(store: &Log, cx: &Cx) -> CanoResult<()> {
        store.note(format!("unpay {}", cx.idempotency_key()));
        Ok(())
    }
    #[task]
    async fn fails() -> Result<(), Busy> {
        Err(Busy(7))
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Paying {
            #[undo(unpay)]
            #[start] Pay = pay >> Fail,
            Fail = fails >> Paid,
            #[exit] Paid,
        }
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Again {
            #[retry(fixed(1, "1s"))]
            #[start] Pay = match Paying() { PayingExit::Paid => Done },
            #[exit] Done,
        }
    }
    let log = Log::new();
    Again::run(&log).await.unwrap_err();

    let lines = log.lines();
    let keys: Vec<_> = lines.iter().map(|line| line.split_once(' ').unwrap()).collect();
    assert_eq!((keys[0].0, keys[1].0, keys[2].0, keys[3].0), ("pay", "unpay", "pay", "unpay"));
    assert_eq!((keys[1].1, keys[3].1), (&*format!("{}-undo", keys[0].1), &*format!("{}-undo", keys[2].1)));
    assert_ne!(keys[0].1, keys[2].1);
}

#[tokio::test(start_paused = true)]
async fn a_run_within_that_ends_by_itself_is_as_ever() {
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Plain {
            #[start] Pay { fails: bool } = match Payment(fails) { Paid => Wait },
            Wait = soon >> Done,
            #[exit] Done,
        }
    }
    let log = Log::new();
    Plain::run(false, &log).await.unwrap();
    assert_eq!(log.lines(), ["charge", "shipped", "let go", "soon"]);
}

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
