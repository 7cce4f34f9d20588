//! One limit that is named twice on the way to an attempt is asked once.

use std::{
    sync::{
        Arc, LazyLock,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    time::Duration,
};

use cano::{
    limit::{
        Admission, CircuitBreaker, CircuitState, ConcurrencyLimit, End, Limit, Permit, RateLimit,
        WaitForCircuit,
    },
    prelude::*,
};
use tokio::time::{Instant, sleep, timeout};

use crate::log::{Busy, Log};

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// The end of a run that has to end soon.
async fn soon<T>(run: impl Future<Output = T>) -> T {
    timeout(Duration::from_hours(1), run).await.expect("nobody waits for itself")
}

static ONE: ConcurrencyLimit = ConcurrencyLimit::new(1);

#[task(limit = ONE, retry = fixed(1, "1s"))]
async fn works(fails: usize, cx: &Cx) -> Result<(), Busy> {
    assert_eq!(ONE.running(), 1);
    sleep(seconds(1)).await;
    if cx.attempt() as usize > fails { Ok(()) } else { Err(Busy(1)) }
}

workflow! {
    #[derive(Debug)]
    enum Working {
        #[limit(ONE, ONE)]
        #[start] Work { fails: usize } = works(fails) >> Again { items: vec![0, 1, 0] },
        #[limit(ONE)]
        Again { items: Vec<usize> } = each(works, over = items) >> Done,
        #[exit] Done,
    }
}

#[tokio::test(start_paused = true)]
async fn a_row_and_its_task_may_name_one_limit() {
    let began = Instant::now();
    soon(Working::run(1, &MemoryStore::new())).await.unwrap();
    // Two attempts with a wait between; then three items one after the other, of which the second has two attempts.
    assert!(began.elapsed() <= seconds(3 + 5), "{:?}", began.elapsed());
    assert_eq!((ONE.running(), ONE.waiting()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn it_still_bounds_the_attempts_of_all_runs() {
    static TWO: ConcurrencyLimit = ConcurrencyLimit::new(2);
    static NOW: AtomicUsize = AtomicUsize::new(0);
    #[task(limit = TWO)]
    async fn counted() -> CanoResult<()> {
        assert!(NOW.fetch_add(1, Relaxed) < 2, "two at once");
        sleep(seconds(1)).await;
        NOW.fetch_sub(1, Relaxed);
        Ok(())
    }
    workflow! {
        #[derive(Debug)]
        enum Counting {
            #[limit(TWO)]
            #[start] Count = counted >> Done,
            #[exit] Done,
        }
    }
    let runs = Counting::workflow().concurrent(vec![MemoryStore::new(); 10]);
    let (_, status) = soon(runs.execute(WaitStrategy::WaitForever)).await;
    assert_eq!((status.completed, status.duration), (10, seconds(5)));
}

static LAZY: LazyLock<ConcurrencyLimit> = LazyLock::new(|| ConcurrencyLimit::new(1));

#[tokio::test(start_paused = true)]
async fn the_builder_and_its_task_may_too_behind_whatever_pointers() {
    #[task(limit = LAZY)]
    async fn works() -> CanoResult<u8> {
        sleep(seconds(1)).await;
        Ok(1)
    }
    let shared = Arc::new(ConcurrencyLimit::new(1));
    let limits: [Arc<dyn Limit>; 4] = [
        Arc::new(&LAZY),
        Arc::new((&*LAZY, Box::new(&LAZY))),
        Arc::new((shared.clone(), shared.clone(), &LAZY)),
        Arc::new((shared.clone(), &LAZY, (shared.clone(), &*LAZY), shared.clone())),
    ];
    for limit in limits {
        let mut workflow = Workflow::new(0);
        workflow.register(0, works {}).limit_by(0, limit).add_exit_state(1);
        assert_eq!(soon(workflow.orchestrate(&MemoryStore::new())).await.unwrap(), 1);
    }
    assert_eq!((LAZY.running(), shared.running()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_rate_counts_such_an_attempt_once() {
    static RATE: RateLimit = RateLimit::every(seconds(1));
    #[task(limit = RATE)]
    async fn works() -> CanoResult<()> {
        Ok(())
    }
    workflow! {
        #[derive(Debug)]
        enum Rated {
            #[limit(RATE)]
            #[start] Work = works >> Done,
            #[exit] Done,
        }
    }
    let runs = Rated::workflow().concurrent(vec![MemoryStore::new(); 10]);
    let (_, status) = soon(runs.execute(WaitStrategy::WaitForever)).await;
    assert_eq!((status.completed, status.duration), (10, seconds(9)));
}

static BANK: CircuitBreaker = CircuitBreaker::new("bank").with_failures(1, 1).with_open_for(seconds(30));
static BANK_WHEN_UP: WaitForCircuit<'static> = BANK.or_wait();

#[tokio::test(start_paused = true)]
async fn a_probe_of_a_circuit_is_not_refused_by_itself() {
    #[task(limit = (BANK, BANK_WHEN_UP))]
    async fn charges(fails: bool) -> Result<(), Busy> {
        if fails { Err(Busy(1)) } else { Ok(()) }
    }
    workflow! {
        #[derive(Debug)]
        enum Charging {
            #[limit(BANK_WHEN_UP)]
            #[start] Charge { fails: bool } = charges(fails) >> Done,
            #[exit] Done,
        }
    }
    Charging::run(true, &MemoryStore::new()).await.unwrap_err();
    assert_eq!(BANK.counts().failed, 1);
    soon(Charging::run(false, &MemoryStore::new())).await.unwrap();
    assert_eq!((BANK.state(), BANK.counts().succeeded), (CircuitState::Closed, 1));
}

/// Notes when it is asked, and when it is told.
struct Told(&'static str, Log);

impl Limit for Told {
    fn acquire<'a>(&'a self, _: &'a Cx) -> Admission<'a> {
        self.1.note(format!("{} asked", self.0));
        Admission::now(Ok(Permit::new(self, 0)))
    }

    fn ended(&self, _: u64, _: End<'_>) {
        self.1.note(format!("{} told", self.0));
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_asks_anew_and_two_limits_are_two() {
    struct Fails;
    #[task]
    impl Task<u8, Log> for Fails {
        fn config(&self) -> TaskConfig {
            TaskConfig::with_fixed_retry(1, seconds(1))
        }
        async fn run(&self, store: &Log) -> CanoResult<u8> {
            store.note("attempt");
            Err(CanoError::task_execution(Busy(1)))
        }
    }
    let log = Log::new();
    let (a, b) = (Arc::new(Told("a", log.clone())), Arc::new(Told("b", log.clone())));
    let mut workflow = Workflow::new(0);
    workflow.register(0, Fails).limit_by(0, (a.clone(), b, a)).add_exit_state(1);
    workflow.orchestrate(&log).await.unwrap_err();
    let once = ["a asked", "b asked", "attempt", "b told", "a told"];
    assert_eq!(log.lines(), [once, once].concat());
}

#[tokio::test(start_paused = true)]
async fn two_limits_without_a_size_are_never_taken_for_one() {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    struct First;
    struct Second;
    impl Limit for First {
        fn acquire<'a>(&'a self, _: &'a Cx) -> Admission<'a> {
            ASKED.fetch_add(1, Relaxed);
            Admission::now(Ok(Permit::none()))
        }
        fn ended(&self, _: u64, _: End<'_>) {}
    }
    impl Limit for Second {
        fn acquire<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
            let _ = cx;
            ASKED.fetch_add(1, Relaxed);
            Admission::now(Ok(Permit::none()))
        }
        fn ended(&self, _: u64, _: End<'_>) {}
    }
    static BOTH: (First, Second) = (First, Second);
    #[task(limit = BOTH)]
    async fn works() -> CanoResult<()> {
        Ok(())
    }
    workflow! {
        #[derive(Debug)]
        enum Working {
            #[start] Work = works >> Done,
            #[exit] Done,
        }
    }
    Working::run(&MemoryStore::new()).await.unwrap();
    assert_eq!(ASKED.load(Relaxed), 2);
}
