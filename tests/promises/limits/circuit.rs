//! None while too many fail.

use std::sync::Mutex;

use cano::{
    limit::{CircuitBreaker, CircuitState, Limit, Permit},
    prelude::*,
};
use tokio::time::{Instant, advance};

use crate::log::Busy;

pub(super) fn failure() -> CanoError {
    CanoError::task_execution(Busy(1))
}

/// A permit, if the circuit gives one at once.
pub(super) async fn begin<'a>(circuit: &'a CircuitBreaker, cx: &'a Cx) -> Option<Permit<'a>> {
    circuit.acquire(cx).await.ok()
}

/// Makes attempts: `f` fails, `s` succeeds, `.` is refused.
async fn attempts(circuit: &CircuitBreaker, ends: &str) {
    let cx = Cx::detached();
    for (number, end) in ends.char_indices() {
        match (end, begin(circuit, &cx).await) {
            ('f', Some(permit)) => permit.failed(&failure()),
            ('s', Some(permit)) => permit.succeeded(),
            ('.', None) => {}
            (_, permit) => panic!("attempt {number} of {ends} got {permit:?} in {circuit:?}"),
        }
    }
}

fn open_for(duration: Duration) -> CircuitState {
    CircuitState::Open { until: Some(Instant::now() + duration) }
}

const SECOND: Duration = Duration::from_secs(1);

fn two_of_four() -> CircuitBreaker {
    CircuitBreaker::new("bank").with_failures(2, 4).with_open_for(10 * SECOND)
}

#[tokio::test(start_paused = true)]
async fn a_circuit_opens_after_so_many_failures_among_the_last_attempts() {
    for ends in ["ff.", "fssf.", "ssssff.", "fsssfsssfsssfssf."] {
        let circuit = two_of_four();
        attempts(&circuit, ends).await;
        assert_eq!(circuit.state(), open_for(10 * SECOND), "{ends}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_circuit_stays_closed_while_fewer_fail() {
    let circuit = two_of_four();
    attempts(&circuit, "fsssfsssfsssf").await;
    assert_eq!(circuit.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn failures_older_than_the_window_do_not_count() {
    let circuit = two_of_four().with_window(5 * SECOND);
    for _ in 0..10 {
        attempts(&circuit, "f").await;
        advance(5 * SECOND + Duration::from_millis(1)).await;
    }
    assert_eq!((circuit.state(), circuit.counts().recent), (CircuitState::Closed, 0));
    attempts(&circuit, "f").await;
    advance(5 * SECOND).await;
    attempts(&circuit, "f.").await;
}

#[tokio::test(start_paused = true)]
async fn an_open_circuit_lets_a_probe_through_after_its_time_and_closes_if_that_succeeds() {
    let circuit = two_of_four();
    attempts(&circuit, "ff.").await;
    advance(10 * SECOND - Duration::from_millis(1)).await;
    attempts(&circuit, "..").await;
    advance(Duration::from_millis(1)).await;
    assert_eq!(circuit.state(), CircuitState::HalfOpen);
    attempts(&circuit, "s").await;
    assert_eq!(circuit.state(), CircuitState::Closed);
    // The failures from before are forgotten.
    attempts(&circuit, "fsss").await;
    assert_eq!(circuit.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_fails_opens_the_circuit_for_as_long_again() {
    let circuit = two_of_four();
    attempts(&circuit, "ff.").await;
    for opened in 2..5 {
        advance(10 * SECOND).await;
        attempts(&circuit, "f.").await;
        assert_eq!((circuit.state(), circuit.counts().opened), (open_for(10 * SECOND), opened));
    }
}

#[tokio::test(start_paused = true)]
async fn half_open_there_are_no_more_probes_than_set_and_all_have_to_succeed() {
    let (circuit, cx) = (two_of_four().with_probes(3), Cx::detached());
    attempts(&circuit, "ff.").await;
    advance(10 * SECOND).await;
    attempts(&circuit, "s").await;
    let (second, third) = (begin(&circuit, &cx).await.unwrap(), begin(&circuit, &cx).await.unwrap());
    attempts(&circuit, "..").await;
    second.succeeded();
    // The one that succeeded makes no room for a fourth.
    attempts(&circuit, ".").await;
    assert_eq!(circuit.state(), CircuitState::HalfOpen);
    third.succeeded();
    assert_eq!(circuit.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_dropped_makes_way_for_another() {
    let (circuit, cx) = (two_of_four(), Cx::detached());
    attempts(&circuit, "ff.").await;
    advance(10 * SECOND).await;
    for _ in 0..3 {
        let probe = begin(&circuit, &cx).await.expect("no probe is under way");
        attempts(&circuit, ".").await;
        drop(probe);
    }
    attempts(&circuit, "s").await;
    assert_eq!(circuit.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn what_began_before_the_circuit_changed_has_no_say_in_its_new_state() {
    let (circuit, cx) = (two_of_four(), Cx::detached());
    let (early, late) = (begin(&circuit, &cx).await.unwrap(), begin(&circuit, &cx).await.unwrap());
    attempts(&circuit, "ff.").await;
    early.succeeded();
    assert_eq!(circuit.state(), open_for(10 * SECOND));
    advance(10 * SECOND).await;
    let probe = begin(&circuit, &cx).await.unwrap();
    late.failed(&failure());
    assert_eq!(circuit.state(), CircuitState::HalfOpen);
    probe.succeeded();
    assert_eq!(circuit.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn errors_that_do_not_count_are_neither_failures_nor_successes() {
    let (circuit, cx) = (two_of_four(), Cx::detached());
    for _ in 0..10 {
        begin(&circuit, &cx).await.unwrap().failed(&CanoError::permanent("no such account"));
    }
    assert_eq!((circuit.state(), circuit.counts().ignored), (CircuitState::Closed, 10));

    let circuit = two_of_four().with_counts_if(|error| error.to_string() == "down");
    for text in ["no such account", "down", "no such account", "down"] {
        begin(&circuit, &cx).await.unwrap().failed(&CanoError::permanent(text));
    }
    assert_eq!(circuit.state(), open_for(10 * SECOND));
    assert_eq!((circuit.counts().ignored, circuit.counts().failed), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_circuit_that_is_forced_open_refuses_whatever_time_passes() {
    let circuit = two_of_four();
    circuit.force_open();
    advance(1000 * SECOND).await;
    attempts(&circuit, "..").await;
    assert_eq!(circuit.state(), CircuitState::ForcedOpen);
    circuit.reset();
    attempts(&circuit, "s").await;
    assert_eq!(circuit.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_circuit_that_is_forced_closed_admits_whatever_fails() {
    let circuit = two_of_four();
    attempts(&circuit, "ff.").await;
    circuit.force_closed();
    attempts(&circuit, "ffffffff").await;
    assert_eq!(circuit.state(), CircuitState::ForcedClosed);
    circuit.reset();
    // What failed meanwhile is not held against it.
    attempts(&circuit, "f").await;
    assert_eq!(circuit.state(), CircuitState::Closed);
}

#[tokio::test(start_paused = true)]
async fn what_a_circuit_counted_can_be_read_and_outlives_a_reset() {
    let circuit = two_of_four();
    attempts(&circuit, "sf").await;
    assert_eq!((circuit.counts().recent, circuit.counts().recent_failed), (2, 1));
    attempts(&circuit, "sf...").await;
    circuit.reset();
    let counts = circuit.counts();
    assert_eq!((counts.succeeded, counts.failed, counts.refused, counts.opened), (2, 2, 3, 1));
    assert_eq!((counts.recent, counts.recent_failed), (0, 0));
    assert!(format!("{circuit:?}").starts_with("CircuitBreaker { name: \"bank\", state: Closed, counts:"));
}

#[tokio::test(start_paused = true)]
async fn a_circuit_may_open_for_longer_than_the_clock_reaches() {
    let circuit = two_of_four().with_open_for(Duration::MAX);
    attempts(&circuit, "ff.").await;
    assert_eq!(circuit.state(), CircuitState::Open { until: None });
    let error = circuit.acquire(&Cx::detached()).await.unwrap_err();
    assert_eq!(error.to_string(), "circuit `bank` is open, until `reset` is called");
}

#[tokio::test(start_paused = true)]
async fn a_judgement_that_panics_leaves_the_circuit_usable() {
    let (circuit, cx) = (two_of_four().with_counts_if(|_| panic!("a bug")), Cx::detached());
    let permit = begin(&circuit, &cx).await.unwrap();
    let judged = std::panic::AssertUnwindSafe(|| permit.failed(&failure()));
    assert!(std::panic::catch_unwind(judged).is_err());
    assert_eq!((circuit.state(), circuit.counts().ignored), (CircuitState::Closed, 1));
    attempts(&circuit, "s").await;
}

#[test]
#[should_panic = "a circuit that opens after 0 failures would never be closed"]
fn no_failures_are_refused() {
    let _ = two_of_four().with_failures(0, 4);
}

#[test]
#[should_panic = "a circuit cannot see more failures than attempts"]
fn more_failures_than_attempts_are_refused() {
    let _ = two_of_four().with_failures(5, 4);
}

#[test]
#[should_panic = "a circuit with a window of 0 would see no failures"]
fn a_window_of_nothing_is_refused() {
    let _ = two_of_four().with_window(Duration::ZERO);
}

#[test]
#[should_panic = "a circuit that opens for no time would refuse nothing"]
fn to_open_for_no_time_is_refused() {
    let _ = two_of_four().with_open_for(Duration::ZERO);
}

#[test]
#[should_panic = "a circuit with 0 probes would never close"]
fn no_probes_are_refused() {
    let _ = two_of_four().with_probes(0);
}

#[tokio::test(start_paused = true)]
async fn who_is_to_be_told_is_told_of_each_change_once_and_of_nothing_else() {
    static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let told = || std::mem::take(&mut *TOLD.lock().expect("nothing panics under this lock"));
    let circuit = two_of_four().with_on_change(|name, state| {
        let state = match state {
            CircuitState::Open { until } => {
                format!("open, probes in {:?}", until.map(|at| at - Instant::now()))
            }
            other => format!("{other:?}"),
        };
        TOLD.lock().expect("nothing panics under this lock").push(format!("{name}: {state}"));
    });

    attempts(&circuit, "sfs").await;
    circuit.reset();
    assert_eq!(told(), [""; 0]);
    attempts(&circuit, "ff..").await;
    assert_eq!(told(), ["bank: open, probes in Some(10s)"]);
    advance(10 * SECOND).await;
    assert_eq!((circuit.state(), told()), (CircuitState::HalfOpen, vec![]));
    attempts(&circuit, "f.").await;
    assert_eq!(told(), ["bank: HalfOpen", "bank: open, probes in Some(10s)"]);
    advance(10 * SECOND).await;
    attempts(&circuit, "ss").await;
    assert_eq!(told(), ["bank: HalfOpen", "bank: Closed"]);
    circuit.force_open();
    circuit.force_open();
    circuit.force_closed();
    circuit.reset();
    assert_eq!(told(), ["bank: ForcedOpen", "bank: ForcedClosed", "bank: Closed"]);
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_who_is_told_harms_neither_the_circuit_nor_the_attempt() {
    let circuit = two_of_four().with_on_change(|_, _| panic!("a bug of the log"));
    attempts(&circuit, "ff.").await;
    assert_eq!(circuit.state(), open_for(10 * SECOND));
}
