//! A timeout of a node whose `exec` may fail is a failure of the phase that it ends.

use std::time::Duration;

use cano::prelude::*;
use tokio::time::sleep;

use crate::log::{Busy, Log};

/// Which phase takes too long, in words: "prep", "exec", "fallback", "post"; "exec twice" is the first two attempts.
type Plan = &'static str;

async fn phase(plan: Plan, part: &str, log: &Log) {
    let made = log.count(part);
    log.note(part);
    if plan.contains(part) && (!plan.contains("twice") || made < 2) {
        sleep(Duration::from_secs(10)).await;
    }
}

#[derive(Default)]
struct Plain;
#[node(fallible_exec, retry = fixed(2, "1s"), timeout = "2s")]
impl Plain {
    async fn prep(&self, plan: Plan, store: &Log) -> CanoResult<(String, Log)> {
        phase(plan, "prep", store).await;
        Ok((plan.to_owned(), store.clone()))
    }

    async fn exec(&self, plan: Plan, prepared: &(String, Log)) -> CanoResult<u32> {
        phase(plan, "exec", &prepared.1).await;
        Ok(1)
    }

    async fn post(&self, plan: Plan, done: u32, store: &Log) -> CanoResult<u32> {
        phase(plan, "post", store).await;
        Ok(done)
    }
}

/// `exec` has a clone of what `prep` yielded.
#[derive(Default)]
struct Falling;
#[node(fallible_exec, retry = fixed(2, "1s"))]
impl Falling {
    async fn prep(&self, plan: Plan, store: &Log) -> CanoResult<(Plan, Log)> {
        phase(plan, "prep", store).await;
        Ok((plan, store.clone()))
    }

    async fn exec(&self, prepared: (Plan, Log)) -> Result<u32, Busy> {
        let (plan, log) = prepared;
        phase(plan, "exec", &log).await;
        if plan.contains("fails") { Err(Busy(log.count("exec"))) } else { Ok(1) }
    }

    async fn exec_fallback(&self, prepared: (Plan, Log), error: CanoError) -> CanoResult<u32> {
        let (plan, log) = prepared;
        phase(plan, "fallback", &log).await;
        Ok(if let CanoError::AttemptTimeout(late) = error { 100 + late.attempt() } else { 7 })
    }

    async fn post(&self, plan: Plan, done: u32, store: &Log) -> CanoResult<u32> {
        phase(plan, "post", store).await;
        Ok(done)
    }
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Simple {
        #[start] Only { plan: Plan } = match Plain(plan) { n => Finished { n } },
        #[exit] Finished { n: u32 },
    }
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Safe {
        #[timeout("2s")]
        #[start] Only { plan: Plan } = match Falling(plan) { n => Finished { n } },
        #[exit] Finished { n: u32 },
    }
}

fn is_timeout(error: &CanoError) -> bool {
    matches!(error, CanoError::AttemptTimeout(_))
}

#[tokio::test(start_paused = true)]
async fn an_exec_that_takes_too_long_is_attempted_again_on_what_prep_yielded_once() {
    let log = Log::new();
    let SimpleExit::Finished { n } = Simple::run("exec twice", &log).await.unwrap();
    assert_eq!((n, log.lines()), (1, ["prep", "exec", "exec", "exec", "post"].map(String::from).into()));
    let gaps: Vec<_> = log.gaps().iter().map(Duration::as_secs).collect();
    assert_eq!(gaps, [0, 3, 3, 0]);

    let log = Log::new();
    let error = Simple::run("exec", &log).await.unwrap_err();
    assert!(is_timeout(&error), "{error:#}");
    assert_eq!(log.lines(), ["prep", "exec", "exec", "exec"]);
}

#[tokio::test(start_paused = true)]
async fn after_the_last_timeout_of_exec_comes_the_fallback() {
    let log = Log::new();
    let SafeExit::Finished { n } = Safe::run("exec", &log).await.unwrap();
    assert_eq!((n, log.lines().join(" ")), (103, "prep exec exec exec fallback post".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn the_fallback_has_the_whole_timeout() {
    #[derive(Default)]
    struct Slow;
    #[node(fallible_exec, timeout = "2s")]
    impl Slow {
        async fn prep(&self) -> CanoResult<u32> {
            Ok(1)
        }
        async fn exec(&self, _n: u32) -> Result<u32, Busy> {
            sleep(Duration::from_millis(1500)).await;
            Err(Busy(1))
        }
        async fn exec_fallback(&self, n: u32, _error: CanoError) -> CanoResult<u32> {
            sleep(Duration::from_millis(1500)).await;
            Ok(n)
        }
        async fn post(&self, n: u32) -> CanoResult<u32> {
            Ok(n)
        }
    }
    workflow! {
        #[derive(Debug)]
        enum Slowly {
            #[start] Only = match Slow() { n => Finished { n } },
            #[exit] Finished { n: u32 },
        }
    }
    let SlowlyExit::Finished { n } = Slowly::run(&MemoryStore::new()).await.unwrap();
    assert_eq!(n, 1);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_of_any_other_phase_is_not_repeated() {
    for (plan, lines) in [
        ("prep", "prep"),
        ("post", "prep exec post"),
        ("exec fails, fallback", "prep exec exec exec fallback"),
        ("exec, post", "prep exec exec exec fallback post"),
    ] {
        let log = Log::new();
        let error = Safe::run(plan, &log).await.unwrap_err();
        assert!(is_timeout(&error), "{plan}: {error:#}");
        assert_eq!(log.lines().join(" "), lines, "{plan}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_next_state_knows_nothing_of_it() {
    /// Fails twice, in each visit.
    #[task(retry = fixed(2, "1s"))]
    async fn third(cx: &Cx) -> Result<(), Busy> {
        if cx.attempt() < 3 { Err(Busy(cx.attempt() as usize)) } else { Ok(()) }
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Then {
            #[catch(_ => After)]
            #[start] First { plan: Plan } = match Plain(plan) { _n => After },
            After = third >> Again { plan: "exec twice" },
            Again { plan: Plan } = match Plain(plan) { n => Finished { n } },
            #[exit] Finished { n: u32 },
        }
    }
    for plan in ["prep", "exec", "post", "none"] {
        let ThenExit::Finished { n } = Then::run(plan, &Log::new()).await.unwrap();
        assert_eq!(n, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_prep_yielded_is_dropped_with_the_run_and_a_panic_of_its_drop_is_the_runs() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("a bug in a drop");
        }
    }
    #[derive(Default)]
    struct Exploding;
    #[node(fallible_exec, retry = fixed(2, "10s"))]
    impl Exploding {
        async fn prep(&self, waits: bool) -> CanoResult<(Bomb, bool)> {
            Ok((Bomb, waits))
        }
        async fn exec(&self, prepared: &(Bomb, bool)) -> Result<(), Busy> {
            if prepared.1 {
                sleep(Duration::from_secs(10)).await;
            }
            Err(Busy(1))
        }
        async fn post(&self, _done: ()) -> CanoResult<()> {
            Ok(())
        }
    }
    workflow! {
        #[derive(Debug)]
        enum Explode {
            #[start] Only { waits: bool } = Exploding(waits) >> Done,
            #[exit] Done,
        }
    }
    // It is ended in its attempt, and between two of them.
    for waits in [true, false] {
        let workflow = Explode::workflow().with_timeout(Duration::from_secs(5));
        let error =
            workflow.orchestrate_from(Explode::Only { waits }, &MemoryStore::new()).await.unwrap_err();
        assert!(matches!(&error, CanoError::Panicked(_)), "{error:?}");
    }
}
