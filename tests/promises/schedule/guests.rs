//! What users hand over, and a scheduler calls: it may call back, and it may panic, also when it is dropped.

use std::{
    fmt,
    pin::pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::{Context, Poll, Waker},
};

use cano::{
    BoxFuture, Event, RunOptions,
    prelude::*,
    schedule::{RunEnd, Runnable, Slot, Timestamp, Trigger},
};

use super::{SECOND, ending, noting, pass};
use crate::log::Log;

/// A scheduler that a test has lent.
type Lent = Arc<Mutex<Option<Scheduler>>>;

fn calls_back(lent: &Lent) -> bool {
    let Some(scheduler) = lent.lock().expect("nothing panics under this lock").clone() else { return false };
    let infos = pin!(scheduler.list());
    matches!(infos.poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(infos) if !infos.is_empty())
}

/// Looks at the scheduler when it is shown, and when it is dropped.
struct Curious(Lent, Log);

impl fmt::Debug for Curious {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Curious")
    }
}

impl fmt::Display for Curious {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "curious")?;
        if self.1.count("shown") == 0 {
            self.1.note("shown");
            assert!(calls_back(&self.0));
        }
        Ok(())
    }
}

impl std::error::Error for Curious {}

impl Drop for Curious {
    fn drop(&mut self) {
        if calls_back(&self.0) {
            self.1.note("dropped");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_may_call_the_scheduler_when_it_is_shown_or_dropped() {
    let (lent, log) = (Lent::default(), Log::new());
    let scheduler = Scheduler::new();
    *lent.lock().unwrap() = Some(scheduler.clone());
    let (holds, noted) = (Arc::clone(&lent), log.clone());
    let fails = ending(move || Err(CanoError::task_execution(Curious(Arc::clone(&holds), noted.clone()))));
    scheduler.every_seconds("job", fails, 1).unwrap();
    scheduler.start().await.unwrap();
    pass(9 * SECOND).await;
    assert_eq!(log.count("dropped"), 0, "ten runs are remembered");

    // The next run's end displaces all that are too many now.
    scheduler.update("job", Schedule::every(SECOND).unwrap().with_history(2)).await.unwrap();
    pass(Duration::ZERO).await;
    assert_eq!(log.count("dropped"), 9);
    assert!(
        matches!(scheduler.status("job").await.unwrap().status, Status::Failed(words) if words.contains("curious"))
    );
    assert_eq!(log.count("shown"), 1);
    *lent.lock().unwrap() = None;
}

/// Removes its own schedule when it is asked for a second slot, so that nobody has it any more but who asks.
struct Leaving(Lent);

impl fmt::Debug for Leaving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Leaving")
    }
}

impl fmt::Display for Leaving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("once")
    }
}

impl Trigger for Leaving {
    fn next(&self, after: Timestamp, start: Timestamp) -> Option<Timestamp> {
        if after > start
            && let Some(scheduler) = self.0.lock().expect("nothing panics under this lock").take()
        {
            let removed = pin!(scheduler.remove("leaving"));
            assert!(removed.poll(&mut Context::from_waker(Waker::noop())).is_ready());
        }
        Some(after + SECOND)
    }
}

impl Drop for Leaving {
    fn drop(&mut self) {
        panic!("it is dropped");
    }
}

#[tokio::test(start_paused = true)]
async fn a_trigger_that_panics_when_it_is_dropped_harms_no_other_schedule() {
    let (lent, log) = (Lent::default(), Log::new());
    let scheduler = Scheduler::new();
    *lent.lock().unwrap() = Some(scheduler.clone());
    scheduler.add("leaving", noting(&Log::new(), Duration::ZERO), Leaving(Arc::clone(&lent))).unwrap();
    scheduler.every_seconds("sibling", noting(&log, Duration::ZERO), 1).unwrap();
    scheduler.start().await.unwrap();
    pass(10 * SECOND).await;

    assert!(scheduler.status("leaving").await.is_none());
    assert_eq!(log.times().len(), 11);
}

/// A run that is over at once, and panics when its future is dropped.
struct Messy;

struct Mess;

impl Drop for Mess {
    fn drop(&mut self) {
        panic!("what a mess");
    }
}

impl Runnable for Messy {
    fn run(self: Arc<Self>, _: Slot, _: RunOptions) -> BoxFuture<'static, CanoResult<()>> {
        let mess = Mess;
        Box::pin(std::future::poll_fn(move |_| {
            let _held = &mess;
            Poll::Ready(Ok(()))
        }))
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_panics_when_it_is_dropped_is_a_failed_run() {
    let scheduler = Scheduler::new();
    scheduler.manual("job", Messy).unwrap();
    scheduler.start().await.unwrap();

    let end = scheduler.trigger("job").await.unwrap().end().await;

    assert!(matches!(end, RunEnd::Failed(error) if error.to_string().contains("what a mess")));
    assert_eq!(scheduler.status("job").await.unwrap().failures, 1);
}

/// Each second, until it is broken: then it panics.
#[derive(Debug)]
struct Breakable(Arc<AtomicBool>);

impl fmt::Display for Breakable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("each second")
    }
}

impl Trigger for Breakable {
    fn next(&self, after: Timestamp, _: Timestamp) -> Option<Timestamp> {
        assert!(!self.0.load(Relaxed), "no such luck");
        Some(after + SECOND)
    }
}

/// What a panic has to say, which panics when it is dropped.
struct Payload;

impl Drop for Payload {
    fn drop(&mut self) {
        panic!("it is dropped");
    }
}

/// An error that cannot be shown.
#[derive(Debug)]
struct Unspeakable;

impl fmt::Display for Unspeakable {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        std::panic::panic_any(Payload)
    }
}

impl std::error::Error for Unspeakable {}

/// A run that fails so.
struct Speechless;

impl Runnable for Speechless {
    fn run(self: Arc<Self>, _: Slot, _: RunOptions) -> BoxFuture<'static, CanoResult<()>> {
        Box::pin(async { Err(CanoError::task_execution(Unspeakable)) })
    }
}

#[tokio::test(start_paused = true)]
async fn a_trigger_and_an_error_that_panic_keep_no_schedule_from_being_listed() {
    let scheduler = Scheduler::new();
    scheduler.every_seconds("a sound one", noting(&Log::new(), Duration::ZERO), 1).unwrap();
    let is_broken = Arc::new(AtomicBool::new(false));
    let breakable = Breakable(Arc::clone(&is_broken));
    scheduler.add("breakable", noting(&Log::new(), Duration::ZERO), breakable).unwrap();
    scheduler.every_seconds("speechless", Speechless, 1).unwrap();
    scheduler.start().await.unwrap();
    pass(5 * SECOND).await;
    is_broken.store(true, Relaxed);
    pass(5 * SECOND).await;

    let infos = scheduler.list().await;

    let ids: Vec<_> = infos.iter().map(|info| &*info.id).collect();
    assert_eq!(ids, ["a sound one", "breakable", "speechless"]);
    assert_eq!((infos[0].successes, infos[1].next_run, infos[2].failures), (11, None, 11));
    assert!(matches!(&infos[2].status, Status::Failed(words) if words.contains("panicked")), "{infos:?}");
}

#[tokio::test(start_paused = true)]
async fn an_error_that_panics_when_it_is_logged_keeps_nothing_from_being_told() {
    let log = tracing_subscriber::fmt().with_writer(std::io::sink).finish();
    let _logged = tracing::subscriber::set_default(log);
    let told = Log::new();
    let noted = told.clone();
    let scheduler = Scheduler::new().with_observer(move |event: &Event<'_>| {
        noted.note(event);
    });
    scheduler.manual("speechless", Speechless).unwrap();
    scheduler.start().await.unwrap();
    for _ in 0..3 {
        let end = scheduler.trigger("speechless").await.unwrap().end().await;
        assert!(matches!(end, RunEnd::Failed(_)));
    }

    assert_eq!(told.count("schedule `speechless` ended a run after 0ns: failed"), 3);
}
