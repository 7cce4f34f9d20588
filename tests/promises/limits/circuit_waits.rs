//! A circuit that is waited for.

use cano::{
    limit::{CircuitBreaker, CircuitState, Limit},
    prelude::*,
};
use tokio::time::{Instant, sleep, timeout};

use super::{
    behind::{Behind, Work, only},
    circuit::failure,
};
use crate::log::Log;

const SECOND: Duration = Duration::from_secs(1);

async fn opened() -> CircuitBreaker {
    let circuit = CircuitBreaker::new("bank").with_failures(1, 1).with_open_for(10 * SECOND);
    circuit.acquire(&Cx::detached()).await.expect("it is closed").failed(&failure());
    circuit
}

/// When one who waits is admitted, from now, where that is within an hour.
async fn admitted(circuit: &CircuitBreaker) -> Option<Duration> {
    let (began, cx) = (Instant::now(), Cx::detached());
    let waiting = circuit.or_wait();
    let permit = timeout(Duration::from_hours(1), waiting.acquire(&cx)).await.ok()?;
    permit.expect("it waits").succeeded();
    Some(began.elapsed())
}

#[tokio::test(start_paused = true)]
async fn one_who_waits_is_the_first_probe() {
    let circuit = opened().await;
    assert_eq!(admitted(&circuit).await, Some(10 * SECOND));
    assert_eq!((circuit.state(), circuit.counts().refused), (CircuitState::Closed, 0));
}

#[tokio::test(start_paused = true)]
async fn a_closed_circuit_lets_one_who_would_wait_begin_at_once() {
    let circuit = CircuitBreaker::new("bank");
    assert_eq!(admitted(&circuit).await, Some(Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_circuit_that_is_reset_or_forced_closed_begins_at_once() {
    for close in [CircuitBreaker::reset, CircuitBreaker::force_closed] {
        let circuit = opened().await;
        circuit.force_open();
        let soon = async {
            sleep(100 * SECOND).await;
            close(&circuit);
        };
        let (first, second, ()) = tokio::join!(admitted(&circuit), admitted(&circuit), soon);
        assert_eq!((first, second), (Some(100 * SECOND), Some(100 * SECOND)));
    }
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_a_circuit_that_is_forced_open_waits_on() {
    let circuit = opened().await;
    circuit.force_open();
    assert_eq!(admitted(&circuit).await, None);
    assert_eq!(circuit.or_wait().waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn who_waits_behind_a_probe_goes_on_when_that_is_dropped_fails_or_succeeds() {
    let end: [(fn(cano::limit::Permit<'_>), Duration); 3] = [
        (|probe| drop(probe), 5 * SECOND),
        (|probe| probe.failed(&failure()), 15 * SECOND),
        (|probe| probe.succeeded(), 5 * SECOND),
    ];
    for (end, after) in end {
        let (circuit, cx) = (opened().await, Cx::detached());
        sleep(10 * SECOND).await;
        let probe = circuit.acquire(&cx).await.unwrap();
        let ends = async {
            sleep(5 * SECOND).await;
            end(probe);
        };
        let (first, ()) = tokio::join!(admitted(&circuit), ends);
        assert_eq!(first, Some(after));
    }
}

#[tokio::test(start_paused = true)]
async fn a_task_behind_a_circuit_that_is_waited_for_goes_on_when_the_called_one_is_up_again() {
    static BANK: CircuitBreaker =
        CircuitBreaker::new("bank").with_failures(2, 2).with_open_for(Duration::from_mins(1));
    let (began, log) = (Instant::now(), Log::new());
    let workflow = only(Behind(BANK.or_wait(), Work { failures: 3 }));
    assert_eq!(workflow.orchestrate(&log).await.unwrap(), 1);
    // Attempts of 1 s, 1 s apart: two open the circuit at 3 s, and the third does so again at 64 s.
    assert_eq!(log.count("began"), 4);
    assert_eq!(began.elapsed(), Duration::from_secs(3 + 60 + 1 + 60 + 1));
}
