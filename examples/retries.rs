//! Retries on a task, on a row and by a constant; permanent errors; a `#[catch]` after the last attempt.

use std::{
    fmt,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
};

use cano::prelude::*;

/// A bank that is busy for a while.
struct Bank {
    busy_for: AtomicU32,
}

#[derive(Debug, PartialEq)]
enum BankError {
    Busy,
    NoSuchAccount(String),
}

impl fmt::Display for BankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy => f.write_str("the bank is busy"),
            Self::NoSuchAccount(account) => write!(f, "there is no account `{account}`"),
        }
    }
}

impl std::error::Error for BankError {}

const PATIENT: TaskConfig = TaskConfig::with_exponential_retry(5)
    .with_base(Duration::from_millis(1))
    .with_max_delay(Duration::from_millis(8));

#[task(retry = fixed(1, "1ms"))]
async fn pay(account: &str, store: &Bank, cx: &Cx) -> CanoResult<()> {
    if account == "X9" {
        // Another attempt would not find the account either.
        return Err(CanoError::permanent(BankError::NoSuchAccount(account.to_owned())));
    }
    if store.busy_for.load(Relaxed) > 0 {
        store.busy_for.fetch_sub(1, Relaxed);
        return Err(CanoError::task_execution(BankError::Busy));
    }
    // The key is the same on every attempt, so a bank that knows it pays only once.
    println!("paid {account} on attempt {}, key {}", cx.attempt(), cx.idempotency_key());
    Ok(())
}

workflow! {
    #[store(Bank)]
    #[derive(Debug)]
    enum Payment {
        #[start]
        #[retry(PATIENT)] // the row's policy, in place of the task's
        #[catch(BankError::Busy => Later { account })]
        Pay { account: String } = pay(account) >> Paid,
        #[exit] Paid,
        #[exit] Later { account: String },
    }
}

#[tokio::main]
async fn main() -> CanoResult<()> {
    let bank = |busy_for| Bank { busy_for: AtomicU32::new(busy_for) };

    // Five retries are six attempts: enough for a bank that is busy five times, not for one that is busy six times.
    let end = Payment::run("A1".to_owned(), &bank(5)).await?;
    println!("busy five times: {end:?}");
    assert!(matches!(end, PaymentExit::Paid));
    let end = Payment::run("A1".to_owned(), &bank(6)).await?;
    println!("busy six times: {end:?}");
    assert!(matches!(end, PaymentExit::Later { account } if account == "A1"));

    let error = Payment::run("X9".to_owned(), &bank(0)).await.expect_err("there is no such account");
    println!("{error:#}");
    assert_eq!(error.find(), Some(&BankError::NoSuchAccount("X9".to_owned())));
    assert_eq!(
        error.to_string(),
        "workflow `Payment`, state `Pay`: task `pay` failed after 1 attempt",
        "a permanent error is attempted once"
    );
    Ok(())
}
