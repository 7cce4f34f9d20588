//! What the error of an open circuit says.

use std::error::Error;

use cano::{
    CircuitOpen,
    limit::{CircuitBreaker, Limit},
    prelude::*,
};
use tokio::time::{Instant, sleep};

use super::{
    behind::{Behind, Work, only},
    circuit::failure,
};
use crate::log::{Busy, Log};

static BANK: CircuitBreaker = CircuitBreaker::new("bank").with_failures(1, 1);

async fn refused(circuit: &CircuitBreaker) -> CanoError {
    circuit.acquire(&Cx::detached()).await.expect_err("the circuit refuses")
}

#[tokio::test(start_paused = true)]
async fn it_names_the_place_the_circuit_and_the_time_and_keeps_the_cause() {
    let workflow = only(Behind(&BANK, Work { failures: 9 }));
    let again = workflow.orchestrate(&Log::new()).await.unwrap_err();
    let first = workflow.orchestrate(&Log::new()).await.unwrap_err();
    let place = again.find::<CircuitOpen>().and_then(CircuitOpen::place).unwrap();
    assert_eq!((place.workflow(), place.state()), ("Pay", "0"));
    let task = place.task();
    // The circuit opened a second ago, with the attempt; the wait after it was of a second.
    assert_eq!(
        format!("{again:#}"),
        format!(
            "workflow `Pay`, state `0`: task `{task}` was not attempted again after 1 attempt: \
             circuit `bank` is open, try again in 29.0s: busy 1"
        )
    );
    assert_eq!(
        first.to_string(),
        format!(
            "workflow `Pay`, state `0`: task `{task}` was not attempted: circuit `bank` is open, try again in 29.0s"
        )
    );
    assert_eq!(first.find(), Some(&Busy(1)));
    assert!(first.source().is_some_and(|cause| cause.to_string() == "busy 1"));
    assert!(first.is_permanent());
}

#[tokio::test(start_paused = true)]
async fn it_says_when_a_probe_may_begin_and_why_where_nobody_knows() {
    let (circuit, cx) = (CircuitBreaker::new("bank").with_failures(1, 1), Cx::detached());
    circuit.acquire(&cx).await.unwrap().failed(&failure());
    let until = |error: &CanoError| error.find::<CircuitOpen>().unwrap().until();
    let open = refused(&circuit).await;
    assert_eq!(until(&open), Some(Instant::now() + Duration::from_secs(30)));
    assert_eq!(open.to_string(), "circuit `bank` is open, try again in 30.0s");

    sleep(Duration::from_secs(30)).await;
    let _probe = circuit.acquire(&cx).await.unwrap();
    let probing = refused(&circuit).await;
    assert_eq!(until(&probing), None);
    assert_eq!(probing.to_string(), "circuit `bank` is half open, try again when its probes have ended");
    assert_eq!(probing.find(), Some(&Busy(1)));

    circuit.force_open();
    let forced = refused(&circuit).await;
    assert!(forced.find::<CircuitOpen>().unwrap().is_forced());
    assert_eq!(
        forced.to_string(),
        "circuit `bank` is forced open, until `reset` or `force_closed` is called"
    );
    assert!(forced.source().is_none(), "no failure forced it");
}
