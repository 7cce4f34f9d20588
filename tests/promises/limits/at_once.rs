//! Several tasks of one state, each behind its limit: what a row of a table expands to.

use cano::{
    __private::{Step, attempts, limited, together},
    limit::{CircuitBreaker, ConcurrencyLimit},
    prelude::*,
};
use tokio::time::Instant;

use crate::log::{Busy, Log};

static LINE: ConcurrencyLimit = ConcurrencyLimit::new(1);
static BANK: CircuitBreaker = CircuitBreaker::new("bank").with_failures(2, 2);

#[task]
async fn wait(seconds: &u64, store: &Log) -> CanoResult<u64> {
    store.note(seconds);
    tokio::time::sleep(Duration::from_secs(*seconds)).await;
    Ok(*seconds)
}

#[task(retry = fixed(9, "1s"))]
async fn fail(seconds: &u64, store: &Log) -> CanoResult<u64> {
    Err(CanoError::task_execution(Busy(store.note(format!("{seconds} failed")))))
}

/// `(wait(first), other(second))`, where both are behind the line, and the second one behind the bank too.
macro_rules! row {
    ($other:ident, $first:expr, $second:expr, $store:expr) => {
        async {
            let (cx, store): (&Cx, &Log) = (&Cx::detached(), $store);
            let (cx0, cx1) = (cx.branch(0), cx.branch(1));
            let input0: <wait as Step<Log>>::Input<'_> = ($first,);
            let input1: <$other as Step<Log>>::Input<'_> = ($second,);
            together!(
                task0 = &cx0, attempts(
                    || <wait as Step<Log>>::config(&wait {}),
                    &cx0,
                    || async { limited!(LINE, &cx0, <wait as Step<Log>>::call(&wait {}, input0, store, &cx0).await) },
                );
                task1 = &cx1, attempts(
                    || <$other as Step<Log>>::config(&$other {}),
                    &cx1,
                    || async {
                        limited!(LINE, &cx1, limited!(
                            BANK,
                            &cx1,
                            <$other as Step<Log>>::call(&$other {}, input1, store, &cx1).await
                        ))
                    },
                );
            )
        }
    };
}

fn is_send<F: Future + Send>(future: F) -> F {
    future
}

#[tokio::test(start_paused = true)]
async fn each_waits_for_its_limit_and_is_refused_by_it() {
    let (log, began) = (Log::new(), Instant::now());
    assert_eq!(is_send(row!(wait, &2, &3, &log)).await.unwrap(), (2, 3));
    assert_eq!(began.elapsed(), Duration::from_secs(5));

    let error = is_send(row!(fail, &60, &3, &log)).await.unwrap_err();
    // The first holds the line for a minute; then the second fails, and again a second later.
    assert_eq!(began.elapsed(), Duration::from_secs(5 + 60 + 1 + 1));
    let CanoError::CircuitOpen(open) = &error else { panic!("{error:?}") };
    assert_eq!((open.attempts(), LINE.running()), (2, 0));
}
