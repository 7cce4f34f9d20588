//! Whatever the order in which those who wait are polled, dropped and done: nobody overtakes, nobody is forgotten, no
//! permit is lost.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    task::{Context, Poll, Wake, Waker},
};

use cano::{
    limit::{Admission, CircuitBreaker, ConcurrencyLimit, Limit, Permit, RateLimit},
    prelude::*,
};
use proptest::{
    collection::vec,
    prop_oneof,
    strategy::{Just, Strategy},
    test_runner::{Config, RngSeed, TestRunner},
};
use tokio::time::advance;

use super::circuit::failure;

#[derive(Clone, Copy, Debug)]
enum Event {
    /// Another one comes.
    Come,
    /// Of those who wait and were woken, one is polled.
    Poll(usize),
    /// Of those who wait, one is dropped.
    Leave(usize),
    /// Of those who were admitted, one ends.
    Succeed(usize),
    Fail(usize),
    Drop(usize),
    /// Milliseconds.
    Pass(u64),
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, SeqCst);
    }
}

struct InLine<'a> {
    number: usize,
    admission: Admission<'a>,
    woken: Arc<Flag>,
}

/// An executor of those who wait for a limit: it polls only whom the limit woke.
struct Pool<'a> {
    limit: &'a dyn Limit,
    cx: &'a Cx,
    /// How many there may be at once.
    max: usize,
    /// Whether it is one line: of several, one may be polled first in the second who came later to the first.
    is_one_line: bool,
    came: usize,
    line: Vec<InLine<'a>>,
    admitted: Vec<Permit<'a>>,
}

impl<'a> Pool<'a> {
    fn come(&mut self) {
        let (woken, admission) = (Arc::new(Flag(AtomicBool::new(true))), self.limit.acquire(self.cx));
        self.line.push(InLine { number: self.came, admission, woken });
        self.came += 1;
        // Its place in the line is that of its first poll.
        self.poll(self.line.len() - 1);
    }

    fn poll(&mut self, which: usize) {
        let InLine { admission, woken, number } = &mut self.line[which];
        woken.0.store(false, SeqCst);
        let waker = Waker::from(Arc::clone(woken));
        if let Poll::Ready(admitted) = Pin::new(admission).poll(&mut Context::from_waker(&waker)) {
            let number = *number;
            self.line.remove(which);
            self.admitted.push(admitted.expect("it waits"));
            assert!(self.admitted.len() <= self.max, "{} at once", self.admitted.len());
            // Those who came earlier were admitted before, and have but to be polled.
            while self.is_one_line
                && let Some(earlier) = self.line.iter().position(|other| other.number < number)
            {
                let InLine { number: overtaken, woken, .. } = &self.line[earlier];
                let (overtaken, woken, waiting) = (*overtaken, woken.0.load(SeqCst), self.line.len());
                if woken {
                    self.poll(earlier);
                }
                assert!(self.line.len() < waiting, "{number} overtook {overtaken}");
            }
        }
    }

    fn woken(&self) -> Vec<usize> {
        (0..self.line.len()).filter(|which| self.line[*which].woken.0.load(SeqCst)).collect()
    }

    async fn follow(&mut self, event: Event) {
        let pick = |number: usize, of: usize| (of > 0).then(|| number % of);
        match event {
            Event::Come => self.come(),
            Event::Poll(which) => {
                let woken = self.woken();
                if let Some(which) = pick(which, woken.len()) {
                    self.poll(woken[which]);
                }
            }
            Event::Leave(which) => {
                if let Some(which) = pick(which, self.line.len()) {
                    drop(self.line.remove(which));
                }
            }
            Event::Succeed(which) | Event::Fail(which) | Event::Drop(which) => {
                if let Some(which) = pick(which, self.admitted.len()) {
                    let permit = self.admitted.remove(which);
                    match event {
                        Event::Succeed(_) => permit.succeeded(),
                        Event::Fail(_) => permit.failed(&failure()),
                        _ => drop(permit),
                    }
                }
            }
            Event::Pass(millis) => advance(Duration::from_millis(millis)).await,
        }
    }

    /// Everybody in the line is admitted in the end, in order.
    async fn drain(&mut self) {
        let mut idle = 0;
        while !self.line.is_empty() {
            self.admitted.drain(..).for_each(Permit::succeeded);
            match self.woken().first() {
                Some(first) => (idle = 0, self.poll(*first)).1,
                None => {
                    idle += 1;
                    assert!(idle < 1000, "{} of {} were forgotten", self.line.len(), self.came);
                    advance(Duration::from_millis(10)).await;
                }
            }
        }
        self.admitted.drain(..).for_each(Permit::succeeded);
    }
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        6 => Just(Event::Come),
        8 => (0_usize..8).prop_map(Event::Poll),
        3 => (0_usize..8).prop_map(Event::Leave),
        2 => (0_usize..8).prop_map(Event::Succeed),
        2 => (0_usize..8).prop_map(Event::Fail),
        2 => (0_usize..8).prop_map(Event::Drop),
        3 => (1_u64..40).prop_map(Event::Pass)
    ];
    vec(event, 1..150)
}

/// A runtime for one case of a property.
pub(super) fn paused() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("the timer needs no more")
}

/// Follows random events with a fresh limit each time, and empties the line; then `check`s the limit.
fn schedules<L: Limit>(max: usize, is_one_line: bool, fresh: impl Fn() -> L, check: impl Fn(&L)) {
    let config =
        Config { cases: 256, rng_seed: RngSeed::Fixed(11), failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&events(), |events| {
            paused().block_on(async {
                let (limit, cx) = (fresh(), Cx::detached());
                let (line, admitted) = (Vec::new(), Vec::new());
                let mut pool = Pool { limit: &limit, cx: &cx, max, is_one_line, came: 0, line, admitted };
                for event in events {
                    pool.follow(event).await;
                }
                pool.drain().await;
                check(&limit);
            });
            Ok(())
        })
        .expect("the line is kept");
}

#[test]
fn a_concurrency_limit_keeps_the_line() {
    for max in [1, 2, 5] {
        schedules(
            max,
            true,
            || ConcurrencyLimit::new(max),
            |limit| assert_eq!((limit.running(), limit.waiting()), (0, 0)),
        );
    }
}

#[test]
fn a_rate_limit_keeps_the_line() {
    for burst in [1, 3] {
        let fresh = || RateLimit::per_second(100).with_burst(burst);
        schedules(usize::MAX, true, fresh, |limit| assert_eq!(limit.waiting(), 0));
    }
}

#[test]
fn a_circuit_that_is_waited_for_keeps_the_line() {
    for probes in [1, 2] {
        let circuit = || {
            CircuitBreaker::new("bank")
                .with_failures(1, 1)
                .with_probes(probes)
                .with_open_for(Duration::from_millis(20))
        };
        // A leak is best for a limit that borrows another, in a test.
        schedules(
            usize::MAX,
            true,
            || Box::leak(Box::new(circuit())).or_wait(),
            |limit| assert_eq!(limit.waiting(), 0),
        );
    }
}

#[test]
fn several_limits_keep_the_line_of_each() {
    schedules(
        2,
        false,
        || (ConcurrencyLimit::new(2), RateLimit::per_second(100).with_burst(2), ConcurrencyLimit::new(3)),
        |(first, second, third)| {
            assert_eq!((first.running(), second.waiting(), third.running()), (0, 0, 0));
        },
    );
}
