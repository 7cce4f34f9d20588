//! Several limits at once.

use cano::{
    limit::{Admission, CircuitBreaker, ConcurrencyLimit, End, Limit, Permit},
    prelude::*,
};
use tokio::time::{sleep, timeout};

use crate::log::Log;

/// Notes what it is asked and told.
struct Noted<'l> {
    name: &'static str,
    log: &'l Log,
    wait: Duration,
}

impl Limit for Noted<'_> {
    fn acquire<'a>(&'a self, _: &'a Cx) -> Admission<'a> {
        self.log.note(format!("{} asked", self.name));
        let permit = Permit::new(self, 0);
        if self.wait.is_zero() {
            return Admission::now(Ok(permit));
        }
        Admission::later(async {
            sleep(self.wait).await;
            Ok(permit)
        })
    }

    fn ended(&self, _: u64, end: End<'_>) {
        self.log.note(format!("{} told: {end:?}", self.name));
    }
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn they_are_asked_in_the_order_written_and_all_told_whether_they_wait_or_not() {
    for waits in 0..16 {
        let log = Log::new();
        let noted = |name, bit: u32| Noted { name, log: &log, wait: SECOND * ((waits >> bit) & 1) };
        let limit = (noted("a", 0), noted("b", 1), noted("c", 2), noted("d", 3));
        limit.acquire(&Cx::detached()).await.unwrap().succeeded();
        let mut lines = log.lines();
        assert_eq!(lines.drain(..4).collect::<Vec<_>>(), ["a asked", "b asked", "c asked", "d asked"]);
        lines.sort();
        assert_eq!(
            lines,
            ["a told: Succeeded", "b told: Succeeded", "c told: Succeeded", "d told: Succeeded"]
        );
    }
}

#[tokio::test(start_paused = true)]
async fn dropped_in_the_wait_for_one_it_gives_the_others_back() {
    let (first, second, third) =
        (ConcurrencyLimit::new(1), ConcurrencyLimit::new(1), ConcurrencyLimit::new(1));
    let cx = Cx::detached();
    for (held, seen) in [(&first, (1, 0, 0)), (&second, (1, 1, 0)), (&third, (1, 1, 1))] {
        let _held = held.acquire(&cx).await.unwrap();
        let all = (&first, &second, &third);
        let watch = async {
            sleep(SECOND).await;
            (first.running(), second.running(), third.running())
        };
        let (waited, running) = tokio::join!(timeout(2 * SECOND, all.acquire(&cx)), watch);
        assert!(waited.is_err());
        assert_eq!(running, seen);
        assert_eq!(first.running() + second.running() + third.running(), 1, "what is held here");
    }
}

#[tokio::test(start_paused = true)]
async fn refused_by_one_it_gives_the_others_back() {
    let (limit, circuit, cx) = (ConcurrencyLimit::new(1), CircuitBreaker::new("bank"), Cx::detached());
    circuit.force_open();
    for _ in 0..3 {
        assert!(matches!((&limit, &circuit).acquire(&cx).await, Err(CanoError::CircuitOpen(_))));
        assert!(matches!((&circuit, &limit).acquire(&cx).await, Err(CanoError::CircuitOpen(_))));
        assert_eq!(limit.running(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn one_that_panics_when_told_keeps_no_permit_of_another() {
    struct Panics;
    impl Limit for Panics {
        fn acquire<'a>(&'a self, _: &'a Cx) -> Admission<'a> {
            Admission::now(Ok(Permit::new(self, 0)))
        }
        fn ended(&self, _: u64, _: End<'_>) {
            panic!("a bug");
        }
    }
    let (limit, cx) = (ConcurrencyLimit::new(2), Cx::detached());
    let all = (&limit, Panics, &limit);
    let permit = all.acquire(&cx).await.unwrap();
    assert_eq!(limit.running(), 2);
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| permit.succeeded()));
    assert!(ended.is_err());
    assert_eq!(limit.running(), 0);
}

#[tokio::test(start_paused = true)]
async fn permits_put_together_are_each_told_once() {
    let log = Log::new();
    let noted = |name| Noted { name, log: &log, wait: Duration::ZERO };
    let (a, b, c) = (noted("a"), noted("b"), noted("c"));
    let pair = Permit::new(&a, 1).and(Permit::none()).and(Permit::new(&b, 2));
    drop(Permit::none().and(pair).and(Permit::new(&c, 3)));
    let mut lines = log.lines();
    lines.sort();
    assert_eq!(lines, ["a told: Dropped", "b told: Dropped", "c told: Dropped"]);
}
