//! What an open circuit does to a run.

use std::sync::Arc;

use cano::{
    limit::{CircuitBreaker, CircuitState, ConcurrencyLimit, within},
    prelude::*,
};
use tokio::time::Instant;

use super::behind::{Behind, Work, only};
use crate::log::{Busy, Log};

fn two_of_two() -> CircuitBreaker {
    CircuitBreaker::new("bank").with_failures(2, 2).with_open_for(Duration::from_mins(1))
}

#[tokio::test(start_paused = true)]
async fn a_refused_attempt_ends_the_state_at_once_whatever_retries_are_left() {
    let (began, log, circuit) = (Instant::now(), Log::new(), Arc::new(two_of_two()));
    let workflow = only(Behind(Arc::clone(&circuit), Work { failures: 9 }));
    let error = workflow.orchestrate(&log).await.unwrap_err();
    let CanoError::CircuitOpen(open) = &error else { panic!("{error:?}") };
    // Of six attempts two were made; the third was refused, and is none.
    assert_eq!((log.count("began"), open.attempts(), circuit.counts().refused), (2, 2, 1));
    // Two attempts and the two waits after them.
    assert_eq!(began.elapsed(), Duration::from_secs(4));
    assert_eq!(error.find(), Some(&Busy(2)));

    // The next run is refused before its first attempt.
    let error = workflow.orchestrate(&log).await.unwrap_err();
    assert!(matches!(&error, CanoError::CircuitOpen(open) if open.attempts() == 0), "{error:?}");
    assert_eq!((log.count("began"), began.elapsed()), (2, Duration::from_secs(4)));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_attempt_says_nothing_and_a_permanent_error_neither() {
    struct Refuses;
    #[async_trait]
    impl Task<u8, Log> for Refuses {
        async fn run(&self, _: &Log) -> Result<u8, CanoError> {
            Err(CanoError::permanent("no such account"))
        }
    }
    let circuit = Arc::new(two_of_two());
    let workflow = only(Behind(Arc::clone(&circuit), Refuses));
    for _ in 0..5 {
        assert!(matches!(workflow.orchestrate(&Log::new()).await, Err(CanoError::Task(_))));
    }
    let slow = only(Behind(Arc::clone(&circuit), Work { failures: 9 }));
    for _ in 0..5 {
        let run = tokio::time::timeout(Duration::from_millis(500), slow.orchestrate(&Log::new())).await;
        assert!(run.is_err());
    }
    assert_eq!((circuit.state(), circuit.counts().ignored), (CircuitState::Closed, 10));
}

/// A call that fails, of a task in a table.
static BANK: CircuitBreaker = CircuitBreaker::new("bank").with_failures(1, 1);

#[task(retry = fixed(3, "1s"))]
async fn charge(store: &Log, cx: &Cx) -> CanoResult<()> {
    cano::__private::limited!(BANK, cx, {
        store.note("charge");
        Err(CanoError::task_execution(Busy(7)))
    })
}

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Pay {
        #[start]
        #[catch(CanoError::CircuitOpen(open) => Later { circuit: open.circuit().to_owned(), attempts: open.attempts() })]
        Charge = charge >> Paid,
        #[exit] Paid,
        #[exit] Later { circuit: String, attempts: u32 },
    }
}

#[tokio::test(start_paused = true)]
async fn a_catch_routes_an_open_circuit() {
    let log = Log::new();
    let later = |attempts| PayExit::Later { circuit: "bank".to_owned(), attempts };
    assert_eq!(Pay::run(&log).await.unwrap(), later(1));
    assert_eq!(Pay::run(&log).await.unwrap(), later(0));
    assert_eq!(log.lines(), ["charge"]);
}

/// A node whose `exec` fails always, and falls back.
#[derive(Default)]
struct Falling;
#[node(fallible_exec, retry = fixed(4, "1s"))]
impl Falling {
    async fn prep(&self, store: &Log) -> CanoResult<Log> {
        store.note("prep");
        Ok(store.clone())
    }

    async fn exec(&self, log: &Log) -> Result<u8, Busy> {
        Err(Busy(log.note("exec")))
    }

    async fn exec_fallback(&self, log: &Log, error: CanoError) -> Result<u8, CanoError> {
        log.note(format!("fallback: {}", error.find::<cano::CircuitOpen>().is_some()));
        Ok(1)
    }

    async fn post(&self, next: u8) -> CanoResult<u8> {
        Ok(next)
    }
}

#[tokio::test(start_paused = true)]
async fn the_fallback_of_a_node_gets_the_refusal_and_needs_no_permit() {
    let log = Log::new();
    let workflow = only(Behind(two_of_two(), Falling));
    assert_eq!(workflow.orchestrate(&log).await.unwrap(), 1);
    assert_eq!(log.lines(), ["prep", "exec", "exec", "fallback: true"]);
}

#[tokio::test(start_paused = true)]
async fn a_circuit_around_a_part_of_a_task_ends_the_task_at_once_too() {
    struct Part(CircuitBreaker);
    #[task]
    impl Part {
        async fn run(&self, store: &Log, cx: &Cx) -> CanoResult<u8> {
            store.note("attempt");
            within(&self.0, cx, || async { Err(Busy(store.note("call"))) }).await
        }
    }
    let (log, part) = (Log::new(), Part(two_of_two()));
    let cx = Cx::detached();
    for _ in 0..2 {
        assert!(part.run(&log, &cx).await.unwrap_err().find::<Busy>().is_some());
    }
    let error = part.run(&log, &cx).await.unwrap_err();
    assert!(error.is_permanent() && error.find::<cano::CircuitOpen>().is_some(), "{error:?}");
    assert_eq!(log.lines(), ["attempt", "call", "attempt", "call", "attempt"]);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_an_attempt_counts_as_a_failure_and_does_not_count_the_wait() {
    use cano::__private::{limited, timed};

    let (line, circuit, log) = (ConcurrencyLimit::new(1), two_of_two(), Log::new());
    let both = (&line, &circuit);
    let second = || Some(Duration::from_secs(1));
    let attempt = async |millis| {
        let cx = Cx::detached();
        let call = async {
            tokio::time::sleep(Duration::from_millis(millis)).await;
            Ok(log.note(millis))
        };
        limited!(both, &cx, timed(&cx, second, call).await)
    };
    // The second one waits for as long as its own timeout.
    let (first, after) = tokio::join!(attempt(900), attempt(800));
    assert_eq!((first.unwrap(), after.unwrap()), (1, 2));

    for _ in 0..2 {
        assert!(matches!(attempt(2000).await, Err(CanoError::AttemptTimeout(_))));
    }
    assert!(matches!(attempt(1).await, Err(CanoError::CircuitOpen(_))));
    assert_eq!((log.lines().len(), line.running()), (2, 0));
}
