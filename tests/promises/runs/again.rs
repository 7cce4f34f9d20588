//! A run of the builder that comes back to a state: what it kept of the earlier attempts shows in nothing.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use cano::{BoxFuture, prelude::*};

use crate::log::Log;

/// Waits once, without a clock, and notes each poll.
struct Once<'a>(&'a Log, bool);

impl Future for Once<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        self.0.note("polled");
        context.waker().wake_by_ref();
        if std::mem::replace(&mut self.1, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

#[task]
async fn by_attribute(store: &Log) -> CanoResult<&'static str> {
    Once(store, false).await;
    Ok(if store.count("polled") < 6 { "waits" } else { "done" })
}

struct ByHand;

#[async_trait]
impl Task<&'static str, Log> for ByHand {
    async fn run(&self, store: &Log) -> CanoResult<&'static str> {
        by_attribute(store).await
    }
}

/// How often a run has to be polled, and how often its task is.
fn polls<M>(task: impl cano::IntoTask<&'static str, Log, M>) -> (usize, usize) {
    let log = Log::new();
    let mut workflow = Workflow::new("waits");
    workflow.register("waits", task).add_exit_state("done");
    let mut run = pin!(workflow.orchestrate(&log));
    let mut polls = 1;
    while run.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        polls += 1;
    }
    (polls, log.count("polled"))
}

#[test]
fn an_attempt_that_waits_is_polled_when_its_run_is_polled_again_and_not_before() {
    let three_waits = (4, 6);
    assert_eq!(polls(by_attribute {}), three_waits);
    assert_eq!(polls(ByHand), three_waits);
}

/// Its future holds something beyond its end.
struct Holds;

impl Task<&'static str, Log> for Holds {
    fn run<'s, 't, 'f>(&'s self, store: &'t Log) -> BoxFuture<'f, CanoResult<&'static str>>
    where
        's: 'f,
        't: 'f,
    {
        let (held, mut once) = (store.on_drop("let go"), Once(store, false));
        Box::pin(poll_fn(move |context| {
            let _held = &held;
            Pin::new(&mut once).poll(context).map(|()| Ok("next"))
        }))
    }
}

#[task]
async fn next(store: &Log) -> CanoResult<&'static str> {
    store.note("next");
    Ok("done")
}

#[tokio::test]
async fn what_an_attempt_held_is_let_go_before_the_next_one_begins() {
    let log = Log::new();
    let mut workflow = Workflow::new("holds");
    workflow.register("holds", Holds).register("next", next {}).add_exit_state("done");

    workflow.orchestrate(&log).await.unwrap();

    assert_eq!(log.lines(), ["polled", "polled", "let go", "next"]);
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Station(u32);

/// One of seven in a circle, which waits for others of its kind and for itself.
struct Next(Station);

#[node]
impl Next {
    async fn prep(&self, store: &Log) -> CanoResult<u32> {
        let _held = store.on_drop("left");
        store.note(format!("at {}", self.0.0));
        tokio::task::yield_now().await;
        Ok(self.0.0)
    }

    async fn exec(&self, at: u32) -> u32 {
        (at + 1) % 7
    }

    async fn post(&self, store: &Log, next: u32) -> CanoResult<Station> {
        Ok(Station(if store.count("left") < 21 { next } else { 7 }))
    }
}

#[tokio::test]
async fn a_run_goes_round_a_circle_and_each_attempt_begins_when_the_one_before_is_over() {
    let log = Log::new();
    let mut workflow = Workflow::new(Station(0));
    for n in 0..7 {
        workflow.register(Station(n), Next(Station(n)));
    }
    workflow.add_exit_state(Station(7));

    workflow.orchestrate(&log).await.unwrap();

    let round = (0..7).flat_map(|n| [format!("at {n}"), "left".to_owned()]);
    assert_eq!(log.lines(), [round.clone(), round.clone(), round].into_iter().flatten().collect::<Vec<_>>());
}

/// In time at its first visit, too late at the first attempt of the second.
struct Late;

#[async_trait]
impl Node<&'static str, Log> for Late {
    type PrepResult = usize;
    type ExecResult = ();

    fn config(&self) -> TaskConfig {
        TaskConfig::with_fixed_retry(1, Duration::from_secs(5)).with_attempt_timeout(Duration::from_secs(1))
    }

    async fn prep(&self, store: &Log) -> CanoResult<usize> {
        store.note("began");
        let _held = store.on_drop("let go");
        let seconds = if store.count("began") == 2 { 3600 } else { 0 };
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        Ok(store.count("began"))
    }

    async fn exec(&self, _: usize) {}

    async fn post(&self, store: &Log, (): ()) -> CanoResult<&'static str> {
        Ok(if store.count("began") < 3 { "late" } else { "done" })
    }
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_timed_out_is_dropped_before_the_delay_and_the_next_one_begins_anew() {
    let log = Log::new();
    let mut workflow = Workflow::new("late");
    workflow.register("late", Late).add_exit_state("done");

    assert_eq!(workflow.orchestrate(&log).await.unwrap(), "done");

    assert_eq!(log.lines(), ["began", "let go"].repeat(3));
    assert_eq!(log.times().iter().map(Duration::as_secs).collect::<Vec<_>>(), [0, 0, 0, 1, 6, 6]);
}
