//! What ends it waits for its undos.

use cano::{CancellationToken, RunOptions, WaitStrategy, prelude::*};
use tokio::time::{Instant, sleep};

use super::{Order, Payment, PaymentExit, after, fails_soon, paying, seconds, soon};
use crate::log::{Busy, Log};

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
