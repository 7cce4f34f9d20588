//! Many threads, one scheduler.

use std::{
    num::NonZeroU32,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};

use cano::{
    BoxFuture, Event, EventKind, RunId, RunOptions, ScheduleEvent,
    prelude::*,
    schedule::{Overlap, RunHandle, Runnable, SchedulerError, Slot},
};
use tokio::task::yield_now;

const MS: Duration = Duration::from_millis(1);

/// Counts the runs that are under way: of all schedules, and of its own, of which there is never more than one.
struct Lonely {
    everywhere: Arc<AtomicUsize>,
    here: AtomicUsize,
    crowds: Arc<AtomicUsize>,
}

/// A run that is under way.
struct Present(Arc<Lonely>);

impl Present {
    fn new(lonely: Arc<Lonely>) -> Self {
        lonely.everywhere.fetch_add(1, SeqCst);
        if lonely.here.fetch_add(1, SeqCst) > 0 {
            lonely.crowds.fetch_add(1, SeqCst);
        }
        Self(lonely)
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        self.0.here.fetch_sub(1, SeqCst);
        self.0.everywhere.fetch_sub(1, SeqCst);
    }
}

impl Runnable for Lonely {
    fn run(self: Arc<Self>, _: Slot, _: RunOptions) -> BoxFuture<'static, CanoResult<()>> {
        Box::pin(async move {
            let _present = Present::new(self);
            for _ in 0..3 {
                yield_now().await;
            }
            Ok(())
        })
    }
}

/// What the threads share.
#[derive(Clone, Default)]
struct Stage {
    everywhere: Arc<AtomicUsize>,
    crowds: Arc<AtomicUsize>,
    fired: Arc<Mutex<Vec<RunId>>>,
    ended: Arc<Mutex<Vec<RunId>>>,
}

impl Stage {
    fn scheduler(&self) -> Scheduler {
        let told = self.clone();
        Scheduler::new().with_observer(move |event: &Event<'_>| match event.kind {
            EventKind::Schedule { event: ScheduleEvent::Fired { .. }, .. } => {
                told.fired.lock().expect("nothing panics under this lock").extend(event.run);
            }
            EventKind::Schedule { event: ScheduleEvent::RunEnded { .. }, .. } => {
                told.ended.lock().expect("nothing panics under this lock").extend(event.run);
            }
            _ => {}
        })
    }

    fn job(&self) -> Lonely {
        let (everywhere, crowds) = (Arc::clone(&self.everywhere), Arc::clone(&self.crowds));
        Lonely { everywhere, here: AtomicUsize::new(0), crowds }
    }
}

fn every(interval: Duration, overlap: Overlap) -> Schedule {
    Schedule::every(interval).expect("an interval").with_overlap(overlap)
}

/// One thread's calls. Whatever the others do, each is done or refused by name.
async fn call(scheduler: Scheduler, stage: Stage, seed: u64) -> Vec<RunHandle> {
    let mut random = seed;
    let mut below = |end: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % end
    };
    let mut accepted = Vec::new();
    for _ in 0..400 {
        let id = format!("job {}", below(6));
        let overlap = [Overlap::Skip, Overlap::BufferOne, Overlap::CancelOther][below(3)];
        let done = match below(20) {
            0..5 => scheduler.add(&*id, stage.job(), every(MS, overlap)),
            5..7 => scheduler.remove(&id).await,
            7 => scheduler.pause(&id).await,
            8..10 => scheduler.resume(&id).await,
            10 => scheduler.update(&id, every(2 * MS, overlap)).await,
            11 => scheduler.stop_with_timeout(Duration::ZERO).await.map(drop),
            12..14 => scheduler.start().await,
            14 => scheduler.next_fires(&id, 2).await.map(drop),
            15 => scheduler.history(&id).await.map(drop),
            16 => {
                scheduler.list().await;
                Ok(())
            }
            _ => scheduler.trigger(&id).await.map(|run| accepted.push(run)),
        };
        assert!(!matches!(done, Err(SchedulerError::NeverFires { .. } | SchedulerError::Interval { .. })));
        yield_now().await;
    }
    accepted
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_many_threads_ask_for_no_run_is_lost_doubled_or_left() {
    let stage = Stage::default();
    let scheduler = stage.scheduler();
    let callers: Vec<_> =
        (0..8).map(|seed| tokio::spawn(call(scheduler.clone(), stage.clone(), seed))).collect();
    let mut accepted = Vec::new();
    for caller in callers {
        accepted.extend(caller.await.unwrap());
    }
    let stopped = scheduler.stop().await;
    assert!(matches!(stopped, Ok(_) | Err(SchedulerError::NotRunning)), "{stopped:?}");

    assert_eq!(stage.everywhere.load(SeqCst), 0, "nothing runs after a stop");
    assert_eq!(stage.crowds.load(SeqCst), 0, "no two runs of one schedule at once");
    assert!(accepted.len() > 20, "{}", accepted.len());
    for run in accepted {
        run.end().await;
    }
    assert!(scheduler.list().await.iter().all(|info| (info.running, info.waiting) == (0, 0)));
    let sorted = |list: &Mutex<Vec<RunId>>| {
        let mut ids: Vec<_> = list.lock().unwrap().iter().map(ToString::to_string).collect();
        ids.sort();
        ids
    };
    let fired = sorted(&stage.fired);
    assert!(fired.windows(2).all(|pair| pair[0] != pair[1]) && fired.len() > 20, "{}", fired.len());
    assert_eq!(fired, sorted(&stage.ended));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_start_that_is_stopped_by_another_thread_leaves_nothing_behind() {
    for _ in 0..50 {
        let witness = Arc::new(());
        let held = Arc::clone(&witness);
        let scheduler = Scheduler::new().with_observer(move |_: &Event<'_>| {
            let _held = &held;
        });
        scheduler.manual("job", Stage::default().job()).unwrap();
        let callers: Vec<_> = (0..4)
            .map(|_| {
                let scheduler = scheduler.clone();
                tokio::spawn(async move {
                    for _ in 0..20 {
                        let _ = scheduler.start().await;
                        let _ = scheduler.stop().await;
                    }
                })
            })
            .collect();
        for caller in callers {
            caller.await.unwrap();
        }
        let _ = scheduler.stop().await;
        drop(scheduler);
        assert_eq!(Arc::strong_count(&witness), 1, "no driver is left that holds the scheduler");
    }
}

#[test]
fn thousands_that_wait_for_their_turn_end_with_their_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let (scheduler, waiting) = runtime.block_on(async {
        let scheduler = Scheduler::new();
        let buffer = Schedule::manual().with_overlap(Overlap::BufferAll(NonZeroU32::MAX));
        scheduler.add("job", Stage::default().job(), buffer).unwrap();
        scheduler.start().await.unwrap();
        let mut waiting = Vec::new();
        for _ in 0..50_000 {
            waiting.push(scheduler.trigger("job").await.unwrap());
        }
        (scheduler, waiting)
    });
    drop(runtime);

    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let info = scheduler.status("job").await.unwrap();
        assert_eq!((info.running, info.waiting, info.run_count, info.successes), (0, 0, 1, 0));
        for run in waiting {
            assert!(!run.end().await.is_success());
        }
        scheduler.stop().await.unwrap();
    });
}
