//! A limit of transitions.

use std::num::NonZeroU64;

use cano::{TransitionLimit, prelude::*};

fn at_most(limit: u64) -> NonZeroU64 {
    NonZeroU64::new(limit).expect("a limit is not 0")
}

fn reached(error: &CanoError) -> &TransitionLimit {
    match error {
        CanoError::TransitionLimit(limit) => limit,
        other => panic!("not a limit: {other:#}"),
    }
}

fn states(error: &CanoError) -> Vec<&str> {
    reached(error).states().collect()
}

#[task]
async fn decrease(left: u64) -> CanoResult<u64> {
    Ok(left - 1)
}

workflow! {
    #[derive(Debug)]
    enum Countdown {
        #[start] Count { left: u64 } = match decrease { 0 => Zero, left => Count { left } },
        #[exit] Zero,
    }
}

/// The task of state `n`, which leads to `n + 1` or, where there is one, back.
struct Next {
    from: u32,
    back: Option<(u32, u32)>,
}

#[async_trait]
impl Task<u32> for Next {
    async fn run(&self, _: &MemoryStore) -> CanoResult<u32> {
        Ok(match self.back {
            Some((last, first)) if last == self.from => first,
            _ => self.from + 1,
        })
    }
}

/// States 0 to `exit`, which is an exit, in a row.
fn row(exit: u32, back: Option<(u32, u32)>) -> Workflow<u32> {
    let mut workflow = Workflow::new(0).with_name("Row");
    for from in 0..exit {
        workflow.register(from, Next { from, back });
    }
    workflow.add_exit_state(exit);
    workflow
}

#[tokio::test(start_paused = true)]
async fn a_run_may_make_exactly_as_many_transitions_as_its_limit() {
    for transitions in [1, 2, 63, 64, 65, 66, 255, 256, 257, 300, 512, 600] {
        let store = MemoryStore::new();
        let table = Countdown::workflow().with_transition_limit(at_most(transitions));
        table.orchestrate_from(Countdown::Count { left: transitions }, &store).await.unwrap();
        let error =
            table.orchestrate_from(Countdown::Count { left: transitions + 1 }, &store).await.unwrap_err();
        assert_eq!(reached(&error).limit(), transitions);

        let limited = |exit| row(exit, None).with_transition_limit(at_most(transitions));
        let exit = u32::try_from(transitions).unwrap();
        assert_eq!(limited(exit).orchestrate(&store).await.unwrap(), exit);
        let error = limited(exit + 1).orchestrate(&store).await.unwrap_err();
        assert_eq!(reached(&error).limit(), transitions);
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_begins_in_an_exit_is_within_any_limit() {
    let limited = row(0, None).with_transition_limit(NonZeroU64::MIN);
    assert_eq!(limited.orchestrate(&MemoryStore::new()).await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn each_run_has_the_limit_for_itself() {
    let limited = row(3, None).with_transition_limit(at_most(3));
    for _ in 0..3 {
        assert_eq!(limited.clone().orchestrate(&MemoryStore::new()).await.unwrap(), 3);
    }
}

#[tokio::test(start_paused = true)]
async fn the_limits_error_names_the_states_of_a_cycle_that_is_the_whole_run() {
    for limit in [6, 7, 8, 64, 100, 1000] {
        let cycle = row(3, Some((2, 0))).with_transition_limit(at_most(limit));
        let error = cycle.orchestrate(&MemoryStore::new()).await.unwrap_err();
        let mut states = states(&error);
        states.sort_unstable();
        assert_eq!(states, ["0", "1", "2"], "limit {limit}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_limits_error_names_nothing_but_the_states_of_the_cycle() {
    // Given a run through 0, 1, 2, 3 into the cycle of 4 and 5
    for limit in [10, 11, 40, 64, 65, 100, 1000] {
        let cycle = row(6, Some((5, 4))).with_transition_limit(at_most(limit));
        let error = cycle.orchestrate(&MemoryStore::new()).await.unwrap_err();
        let mut states = states(&error);
        states.sort_unstable();
        assert_eq!(states, ["4", "5"], "limit {limit}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_limits_error_reads_in_the_order_of_the_visits() {
    let cycle = row(3, Some((2, 1))).with_transition_limit(at_most(1000));
    let error = cycle.orchestrate(&MemoryStore::new()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "workflow `Row` made 1000 transitions, its limit, without reaching an exit; it was last in `2`, `1`"
    );
}

#[tokio::test(start_paused = true)]
async fn a_catch_is_a_transition_that_counts() {
    #[task]
    async fn fail() -> Result<(), String> {
        Err("always".into())
    }
    workflow! {
        enum Again {
            #[start]
            #[catch(_ if n < 1_000_000 => Try { n: n + 1 })]
            Try { n: u64 } = fail() >> Never,
            #[exit] Never,
        }
    }
    for limit in [1, 2, 100, 300] {
        let workflow = Again::workflow().with_transition_limit(at_most(limit));
        let end = workflow.orchestrate_from(Again::Try { n: 0 }, &MemoryStore::new()).await;
        let error = end.err().expect("it is tried for ever");
        assert_eq!((reached(&error).limit(), states(&error)), (limit, vec!["Try"]));
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_are_no_transitions() {
    #[task(retry = fixed(20, "1s"))]
    async fn twentieth(cx: &Cx) -> CanoResult<u8> {
        if cx.attempt() < 20 { Err(CanoError::task_execution("not yet")) } else { Ok(1) }
    }
    let mut workflow = Workflow::new(0_u8).with_transition_limit(NonZeroU64::MIN);
    workflow.register(0, twentieth {}).add_exit_state(1);
    assert_eq!(workflow.orchestrate(&MemoryStore::new()).await.unwrap(), 1);
}
