//! Attempts are counted for each visit of a state.

use cano::prelude::*;

use crate::log::{Busy, Log};

/// Fails at its first two attempts of every visit; three visits.
#[task(retry = exponential(2, base = "1s", jitter = 0.0))]
async fn work(round: u32, cx: &Cx, store: &Log) -> Result<Option<u32>, Busy> {
    store.note(format!("round {round}, attempt {}", cx.attempt()));
    match cx.attempt() {
        3 => Ok((round < 3).then_some(round + 1)),
        n => Err(Busy(n as usize)),
    }
}

workflow! {
    #[store(Log)]
    enum Cycle {
        #[start] Work { round: u32 } = match work { Some(round) => Pause { round }, None => Worked },
        Pause { round: u32 } = pause() >> Work { round },
        #[exit] Worked,
    }
}

#[task]
async fn pause() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[store(Log)]
    enum SelfLoop {
        #[start] Work { round: u32 } = match work { Some(round) => Work { round }, None => Worked },
        #[exit] Worked,
    }
}

workflow! {
    #[store(Log)]
    enum TupleLoop {
        #[start] Work { round: u32 } = match (work, pause()) {
            (Some(round), ()) => Work { round },
            (None, ()) => Worked,
        },
        #[exit] Worked,
    }
}

workflow! {
    #[store(Log)]
    enum CaughtLoop {
        #[start] #[catch(_ if round < 2 => Work { round: round + 1 })]
        Work { round: u32 } = fail(round) >> Worked,
        #[exit] Worked,
    }
}

#[task(retry = fixed(1, "1s"))]
async fn fail(round: u32, cx: &Cx, store: &Log) -> Result<(), Busy> {
    store.note(format!("round {round}, attempt {}", cx.attempt()));
    Err(Busy(round as usize))
}

fn rounds(rounds: u32, attempts: u32) -> Vec<String> {
    (1..=rounds).flat_map(|r| (1..=attempts).map(move |a| format!("round {r}, attempt {a}"))).collect()
}

fn seconds(log: &Log) -> Vec<u64> {
    log.gaps().iter().map(Duration::as_secs).collect()
}

#[tokio::test(start_paused = true)]
async fn retries_and_delays_start_afresh_at_the_next_visit_of_a_state() {
    let log = Log::new();
    Cycle::run(1, &log).await.unwrap();
    assert_eq!(log.lines(), rounds(3, 3));
    assert_eq!(seconds(&log), [1, 2, 0, 1, 2, 0, 1, 2]);
}

#[tokio::test(start_paused = true)]
async fn they_do_so_too_where_a_state_follows_itself() {
    let (one, tuple) = (Log::new(), Log::new());
    SelfLoop::run(1, &one).await.unwrap();
    TupleLoop::run(1, &tuple).await.unwrap();
    for log in [one, tuple] {
        assert_eq!(log.lines(), rounds(3, 3));
        assert_eq!(seconds(&log), [1, 2, 0, 1, 2, 0, 1, 2]);
    }
}

#[tokio::test(start_paused = true)]
async fn they_do_so_too_where_a_catch_leads_back() {
    let log = Log::new();
    let error = CaughtLoop::run(1, &log).await.err().expect("the second round is not caught");
    assert_eq!(log.lines(), rounds(2, 2));
    assert!(error.to_string().ends_with("failed after 2 attempts"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn they_do_so_too_in_the_builder() {
    #[task(retry = fixed(2, "1s"))]
    async fn step(store: &Log, cx: &Cx) -> Result<u8, Busy> {
        let n = store.note(format!("attempt {}", cx.attempt()));
        if cx.attempt() == 3 { Ok(u8::from(n >= 9)) } else { Err(Busy(n)) }
    }
    let (log, mut workflow) = (Log::new(), Workflow::new(0));
    workflow.register(0, step {}).add_exit_state(1);
    workflow.orchestrate(&log).await.unwrap();
    assert_eq!(log.lines(), ["attempt 1", "attempt 2", "attempt 3"].repeat(3));
}

#[tokio::test(start_paused = true)]
async fn the_context_says_which_state_task_and_workflow_an_attempt_is_of() {
    #[task]
    async fn look(cx: &Cx) -> CanoResult<(String, u32)> {
        Ok((format!("{}/{}/{}", cx.workflow(), cx.state(), cx.task()), cx.attempt()))
    }
    workflow! {
        enum Looking {
            #[start] Here = match (look, look) { ((left, 1), (right, 1)) => Seen { left, right }, _ => Odd },
            #[exit] Seen { left: String, right: String },
            #[exit] Odd,
        }
    }
    let LookingExit::Seen { left, right } = Looking::run(&MemoryStore::new()).await.unwrap() else {
        panic!("attempts are counted from 1")
    };
    assert_eq!((left.as_str(), right.as_str()), ("Looking/Here/look", "Looking/Here/look"));
    assert_eq!(Cx::detached().attempt(), 1);
}
