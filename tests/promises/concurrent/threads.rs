//! Many runs on many threads, of the builder and of a table, behind one limit; and dropped in the middle.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use cano::{WaitStrategy, limit::ConcurrencyLimit, prelude::*};
use tokio::{
    runtime::Handle,
    sync::Semaphore,
    task::{JoinSet, yield_now},
    time::timeout,
};

use super::at_most;

/// How many attempts there are now, there were at most, and there were in all.
#[derive(Clone, Default)]
struct Counts(Arc<[AtomicUsize; 3]>);

/// One attempt, until it is dropped.
struct Counted(Counts);

impl Counts {
    fn begin(&self) -> Counted {
        let now = self.0[0].fetch_add(1, SeqCst) + 1;
        self.0[1].fetch_max(now, SeqCst);
        self.0[2].fetch_add(1, SeqCst);
        Counted(self.clone())
    }

    fn now(&self) -> usize {
        self.0[0].load(SeqCst)
    }

    fn most(&self) -> usize {
        self.0[1].load(SeqCst)
    }

    fn all(&self) -> usize {
        self.0[2].load(SeqCst)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0[0].fetch_sub(1, SeqCst);
    }
}

static THREE: ConcurrencyLimit = ConcurrencyLimit::new(3);

async fn attempt(store: &Counts) {
    let _counted = store.begin();
    for _ in 0..5 {
        yield_now().await;
    }
}

/// Fails once.
#[task(retry = fixed(1, "1ms"))]
async fn of_a_table(store: &Counts, cx: &Cx) -> Result<(), String> {
    attempt(store).await;
    if cx.attempt() == 1 { Err("busy".into()) } else { Ok(()) }
}

#[task(limit = THREE)]
async fn of_both(store: &Counts) -> CanoResult<u8> {
    attempt(store).await;
    Ok(1)
}

workflow! {
    #[store(Counts)]
    #[derive(Debug, Clone)]
    enum Sharing {
        #[limit(THREE)]
        #[start] Once = of_a_table >> Twice,
        #[limit(THREE)]
        Twice = match of_both { 1 => Done, _ => Once },
        #[exit] Done,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn a_limit_that_the_builder_and_a_table_share_holds_on_many_threads() {
    const RUNS: usize = 300;
    let counts = Counts::default();
    let mut built = Workflow::new(0);
    built.register(0, of_both {}).limit_by(0, &THREE).add_exit_state(1);
    let (table, built) = (Arc::new(Sharing::workflow()), Arc::new(built));
    let mut all = JoinSet::new();
    for run in 0..RUNS * 2 {
        let (table, built, counts) = (Arc::clone(&table), Arc::clone(&built), counts.clone());
        all.spawn(async move {
            match run % 2 {
                0 => drop(table.orchestrate(&counts).await.expect("it succeeds")),
                _ => drop(built.orchestrate(&counts).await.expect("it succeeds")),
            }
        });
    }
    timeout(Duration::from_mins(1), all.join_all()).await.expect("nobody is forgotten");
    assert_eq!((counts.most(), counts.all()), (3, RUNS * 3 + RUNS));
    assert_eq!((THREE.running(), THREE.waiting()), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn when_a_strategy_has_ended_the_wait_nothing_runs_on_any_thread() {
    #[task]
    async fn first_wins(store: &(Counts, usize)) -> CanoResult<u8> {
        let _counted = store.0.begin();
        for turn in 0.. {
            yield_now().await;
            if store.1 == 0 && turn > 20 {
                break;
            }
        }
        Ok(1)
    }
    let mut workflow = ConcurrentWorkflow::new(0);
    workflow.register(0, first_wins {}).add_exit_state(1);
    for _ in 0..20 {
        let counts = Counts::default();
        let stores = (0..64).map(|number| (counts.clone(), number)).collect();
        let executed = workflow.execute_concurrent(stores, WaitStrategy::WaitForQuota(1));
        let (_, status) = timeout(Duration::from_mins(1), executed).await.expect("one wins").unwrap();
        assert_eq!((counts.now(), status.completed, status.cancelled), (0, 1, 63));
    }
}

#[tokio::test]
async fn many_runs_behind_a_limit_are_no_more_tasks_than_that() {
    #[task]
    async fn counts_tasks() -> CanoResult<u8> {
        yield_now().await;
        let alive = Handle::current().metrics().num_alive_tasks();
        if alive <= 8 { Ok(1) } else { Err(CanoError::task_execution(format!("{alive} tasks"))) }
    }
    let mut workflow = Workflow::<u8>::new(0);
    workflow.register(0, counts_tasks {}).add_exit_state(1);
    let runs = workflow.concurrent(vec![MemoryStore::new(); 100_000]).with_limit(at_most(8));
    let (_, status) = runs.execute(WaitStrategy::WaitForever).await;
    assert_eq!((status.completed, status.failed), (100_000, 0));
}

static FOUR: ConcurrencyLimit = ConcurrencyLimit::new(4);

/// Never ends; says when it has begun.
#[task(limit = FOUR)]
async fn never(store: &(Counts, Arc<Semaphore>)) -> CanoResult<u8> {
    let _counted = store.0.begin();
    store.1.add_permits(1);
    loop {
        yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn runs_that_are_dropped_in_the_middle_let_go_of_all_on_every_thread() {
    for round in 0..20 {
        let store = (Counts::default(), Arc::new(Semaphore::new(0)));
        let mut workflow = Workflow::new(0);
        workflow.register(0, never {}).add_exit_state(1);
        let runs = workflow.concurrent(vec![store.clone(); 50]).with_limit(at_most(10));
        let progress = runs.progress();
        let executed = async {
            tokio::select! {
                biased;
                // Some have begun, some wait for the limit, some for their turn.
                _ = store.1.acquire_many(1 + round % 4) => None,
                end = runs.execute(WaitStrategy::WaitForever) => Some(end),
            }
        };
        let end = timeout(Duration::from_mins(1), executed).await.expect("some begin");
        assert!(end.is_none(), "they never end");
        // Each thread ends the poll that it is in.
        let gone = async {
            while Handle::current().metrics().num_alive_tasks() > 0 {
                yield_now().await;
            }
        };
        timeout(Duration::from_mins(1), gone).await.expect("every run is dropped");
        assert_eq!((store.0.now(), FOUR.running(), FOUR.waiting()), (0, 0, 0));
        assert!(store.0.all() <= 10, "no more began than may run at once: {}", store.0.all());
        assert_eq!(progress.counts().succeeded, 0);
    }
}
