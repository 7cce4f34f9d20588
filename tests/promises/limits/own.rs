//! A limit of a user's own.

use std::sync::{
    Arc, LazyLock, Mutex,
    atomic::{AtomicU64, Ordering::SeqCst},
};

use cano::{
    limit::{Admission, End, Limit, Permit},
    prelude::*,
};
use tokio::time::sleep;

use super::behind::{Behind, Work, only};
use crate::log::{Busy, Log};

/// Numbers its permits, notes their ends, and may refuse or wait.
#[derive(Default)]
struct Own {
    next: AtomicU64,
    ends: Mutex<Vec<String>>,
    refuse: Option<CanoError>,
    wait: Duration,
}

impl Limit for Own {
    fn acquire<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
        Admission::later(async move {
            assert_eq!((cx.workflow(), cx.state()), ("Pay", "0"));
            sleep(self.wait).await;
            self.refuse.clone().map_or_else(|| Ok(Permit::new(self, self.next.fetch_add(1, SeqCst))), Err)
        })
    }

    fn ended(&self, token: u64, end: End<'_>) {
        let end = match end {
            End::Succeeded => format!("{token} succeeded"),
            End::Failed(error) => format!("{token} failed: {error}"),
            End::Dropped => format!("{token} was dropped"),
            other => format!("{token} ended: {other:?}"),
        };
        self.ends.lock().expect("nothing panics under it").push(end);
    }
}

#[tokio::test(start_paused = true)]
async fn it_is_told_how_each_attempt_ended() {
    let own = Arc::new(Own::default());
    only(Behind(Arc::clone(&own), Work { failures: 2 })).orchestrate(&Log::new()).await.unwrap();
    assert_eq!(*own.ends.lock().unwrap(), ["0 failed: busy 1", "1 failed: busy 2", "2 succeeded"]);
}

#[tokio::test(start_paused = true)]
async fn its_refusal_is_the_attempts_error_and_is_repeated_like_one() {
    for (refuse, attempts) in [(CanoError::task_execution(Busy(1)), 6), (CanoError::permanent(Busy(1)), 1)] {
        let (log, own) = (Log::new(), Own { refuse: Some(refuse), ..Own::default() });
        let error = only(Behind(own, Work { failures: 0 })).orchestrate(&log).await.unwrap_err();
        let CanoError::Task(failed) = &error else { panic!("{error:?}") };
        assert_eq!((failed.attempts(), error.find(), log.count("began")), (attempts, Some(&Busy(1)), 0));
    }
}

#[tokio::test(start_paused = true)]
async fn a_lazy_or_boxed_or_shared_limit_is_one() {
    static LAZY: LazyLock<Own> = LazyLock::new(|| Own { wait: Duration::from_secs(1), ..Own::default() });
    let boxed: Box<dyn Limit> = Box::new(&LAZY);
    let shared: Arc<dyn Limit> = Arc::new(&*LAZY);
    for workflow in [
        only(Behind(&LAZY, Work { failures: 0 })),
        only(Behind(boxed, Work { failures: 0 })),
        only(Behind(shared, Work { failures: 0 })),
    ] {
        workflow.orchestrate(&Log::new()).await.unwrap();
    }
    assert_eq!(*LAZY.ends.lock().unwrap(), ["0 succeeded", "1 succeeded", "2 succeeded"]);
}

#[tokio::test(start_paused = true)]
#[should_panic = "an admission is awaited once"]
async fn an_admission_that_is_awaited_again_panics() {
    let mut admission = Admission::now(Ok(Permit::none()));
    let _ = (&mut admission).await;
    let _ = (&mut admission).await;
}
