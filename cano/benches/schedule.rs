//! What schedules cost: the scheduler beside hand-written tokio tasks and a plain `DelayQueue`, in one process.
//!
//! Read the ratios, not the times: `cargo bench --bench schedule`. Live bytes for each schedule, CPU while nothing is
//! due (on Linux), and how late runs start when 5,000 are due in each second.

use std::{
    fmt, fs,
    future::poll_fn,
    sync::{Arc, Mutex},
    time::Duration,
};

use allocation_counter::measure;
use cano::{
    BoxFuture, RunOptions,
    prelude::*,
    schedule::{Every, Pace, Runnable, SchedulerError, Slot, Timestamp, Trigger},
};
use tokio::{
    runtime::Runtime,
    task::{JoinSet, yield_now},
    time::{Instant, MissedTickBehavior, interval_at, sleep},
};
use tokio_util::time::DelayQueue;

const HOUR: Duration = Duration::from_secs(3_600);
const IDLE: Duration = Duration::from_secs(2);
const RATE: u32 = 5_000;
const ROUNDS: u32 = 4;

#[task]
async fn nothing() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Nothing {
        #[start] Work = nothing >> Done,
        #[exit] Done,
    }
}

fn main() {
    println!("{:>9}  {:>14}  {:>9}  {:>11}", "schedules", "", "bytes", "CPU idle");
    for count in [1_000, 10_000, 100_000] {
        row(count, "tokio tasks", tasks);
        row(count, "DelayQueue", delay_queue);
        row(count, "interval", interval);
        row(count, "cron, the same", same);
        row(count, "cron, all other", different);
        row(count, "that ran", ran);
    }
    println!("\n{RATE} starts a second: how late, in µs");
    println!("{:>14}  {:>6}  {:>6}  {:>6}", "", "p50", "p99", "most");
    late("tokio tasks", late_tasks);
    late("DelayQueue", late_delay_queue);
    late("scheduler", late_scheduler);
}

fn row(count: u32, name: &str, hold: fn(&Runtime, u32) -> Box<dyn Send>) {
    let runtime = runtime();
    let mut held: Option<Box<dyn Send>> = None;
    let bytes = measure(|| held = Some(hold(&runtime, count))).bytes_current;
    let before = cpu();
    runtime.block_on(async { sleep(IDLE).await });
    let idle = before.zip(cpu()).map(|(before, after)| after - before);
    let idle = idle
        .map_or("?".to_owned(), |idle| format!("{:.3} %", 100.0 * idle.as_secs_f64() / IDLE.as_secs_f64()));
    println!("{count:>9}  {name:>14}  {:>9}  {idle:>11}", bytes / i64::from(count));
    // What is held ends with the runtime.
    drop(held);
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime with timers")
}

/// How long this thread has been on a CPU.
fn cpu() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// A task for each, which ticks every hour.
fn tasks(runtime: &Runtime, count: u32) -> Box<dyn Send> {
    runtime.block_on(async {
        let mut tasks = JoinSet::new();
        for number in 0..count {
            tasks.spawn(async move {
                let mut ticks = interval_at(Instant::now() + HOUR, HOUR);
                loop {
                    ticks.tick().await;
                    let _ = (number, nothing().await);
                }
            });
        }
        yield_now().await;
        Box::new(tasks) as Box<dyn Send>
    })
}

/// One queue of numbers, and a task that waits for it.
fn delay_queue(runtime: &Runtime, count: u32) -> Box<dyn Send> {
    runtime.block_on(async {
        let mut tasks = JoinSet::new();
        let mut queue = DelayQueue::new();
        for number in 0..count {
            queue.insert(number, HOUR);
        }
        tasks.spawn(async move {
            while let Some(number) = poll_fn(|waker| queue.poll_expired(waker)).await {
                queue.insert(number.into_inner(), HOUR);
                let _ = nothing().await;
            }
        });
        yield_now().await;
        Box::new(tasks) as Box<dyn Send>
    })
}

/// By the same cron expression each; none has run yet.
fn same(runtime: &Runtime, count: u32) -> Box<dyn Send> {
    scheduler(runtime, count, |_, id, scheduler| scheduler.cron(id, Nothing::workflow(), "0 0 0 1 1 *"))
}

/// By a cron expression of its own each: every second of the first days of January.
fn different(runtime: &Runtime, count: u32) -> Box<dyn Send> {
    scheduler(runtime, count, |number, id, scheduler| {
        let (second, minute, hour) = (number % 60, number / 60 % 60, number / 3_600 % 24);
        let expression = format!("{second} {minute} {hour} {} 1 *", 1 + number / 86_400);
        scheduler.cron(id, Nothing::workflow(), &expression)
    })
}

/// By an interval each; none has run yet.
fn interval(runtime: &Runtime, count: u32) -> Box<dyn Send> {
    let hourly = Every::new(HOUR).expect("an hour is an interval");
    scheduler(runtime, count, move |_, id, scheduler| scheduler.add(id, Nothing::workflow(), Later(hourly)))
}

/// An interval that does not begin at the start.
#[derive(Debug)]
struct Later(Every);

impl Trigger for Later {
    fn next(&self, after: Timestamp, start: Timestamp) -> Option<Timestamp> {
        self.0.next(after, start + HOUR)
    }

    fn pace(&self) -> Pace {
        Pace::Steady
    }
}

impl fmt::Display for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// By an interval each, which they share, after one run, of which the counts are kept.
fn ran(runtime: &Runtime, count: u32) -> Box<dyn Send> {
    let hourly = Schedule::every(HOUR).expect("an hour is an interval").with_history(0);
    scheduler(runtime, count, move |_, id, scheduler| scheduler.add(id, Nothing::workflow(), hourly.clone()))
}

fn scheduler(
    runtime: &Runtime,
    count: u32,
    add: impl Fn(u32, String, &Scheduler) -> Result<(), SchedulerError>,
) -> Box<dyn Send> {
    runtime.block_on(async {
        let scheduler = Scheduler::new();
        scheduler.start().await.expect("it is new");
        for number in 0..count {
            add(number, format!("schedule-{number}"), &scheduler).expect("ids differ");
        }
        // Until each has its timer, and its run.
        for _ in 0..count / 10 {
            yield_now().await;
        }
        Box::new(scheduler) as Box<dyn Send>
    })
}

type Delays = Arc<Mutex<Vec<Duration>>>;

fn late(name: &str, run: fn(Instant, Delays) -> BoxFuture<'static, ()>) {
    let delays = Delays::default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .expect("a runtime with timers");
    runtime.block_on(run(Instant::now() + Duration::from_millis(200), Arc::clone(&delays)));
    let mut delays = std::mem::take(&mut *delays.lock().expect("nothing panics under this lock"));
    delays.sort();
    let at = |part: f64| delays[((delays.len() - 1) as f64 * part) as usize].as_micros();
    println!("{name:>14}  {:>6}  {:>6}  {:>6}", at(0.5), at(0.99), at(1.0));
    assert!(delays.len() >= (RATE * (ROUNDS - 1)) as usize, "{name} made only {} starts", delays.len());
}

/// In each second each number has its own time.
fn offset(number: u32) -> Duration {
    Duration::from_secs(1) * number / RATE
}

async fn whole(begin: Instant) {
    tokio::time::sleep_until(begin + Duration::from_secs(u64::from(ROUNDS))).await;
}

fn note(delays: &Delays, delay: Duration) {
    delays.lock().expect("nothing panics under this lock").push(delay);
}

fn late_tasks(begin: Instant, delays: Delays) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let mut tasks = JoinSet::new();
        for number in 0..RATE {
            let delays = Arc::clone(&delays);
            tasks.spawn(async move {
                let mut ticks = interval_at(begin + offset(number), Duration::from_secs(1));
                ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
                loop {
                    let due = ticks.tick().await;
                    note(&delays, due.elapsed());
                }
            });
        }
        whole(begin).await;
    })
}

fn late_delay_queue(begin: Instant, delays: Delays) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut queue = DelayQueue::new();
            for number in 0..RATE {
                queue.insert_at(begin + offset(number), begin + offset(number));
            }
            while let Some(due) = poll_fn(|waker| queue.poll_expired(waker)).await {
                let due = due.into_inner();
                queue.insert_at(due + Duration::from_secs(1), due + Duration::from_secs(1));
                let delays = Arc::clone(&delays);
                tokio::spawn(async move { note(&delays, due.elapsed()) });
            }
        });
        whole(begin).await;
    })
}

struct Noting(Delays);

impl Runnable for Noting {
    fn run(self: Arc<Self>, slot: Slot, _: RunOptions) -> BoxFuture<'static, CanoResult<()>> {
        note(&self.0, Timestamp::now().duration_since(slot.time()).unsigned_abs());
        Box::pin(async { Ok(()) })
    }
}

fn late_scheduler(begin: Instant, delays: Delays) -> BoxFuture<'static, ()> {
    Box::pin(async move {
        let scheduler = Scheduler::new();
        let first = Timestamp::now() + begin.saturating_duration_since(Instant::now());
        for number in 0..RATE {
            let every = Schedule::every(Duration::from_secs(1)).expect("a second is an interval");
            let every = every.with_not_before(first + offset(number)).with_history(0);
            scheduler.add(number.to_string(), Noting(Arc::clone(&delays)), every).expect("ids differ");
        }
        scheduler.start().await.expect("it is new");
        whole(begin).await;
        scheduler.stop().await.expect("it runs");
    })
}
