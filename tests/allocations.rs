//! What a transition costs in allocations, by a counting allocator: nothing in a table, at most one in the builder.
//!
//! The counts are of this thread alone and exact. No runtime is needed, since no task here waits.

use std::{
    pin::pin,
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    task::{Context, Poll, Waker},
};

use cano::prelude::*;

/// How many allocations a run makes, from its first poll to its end, and the end.
fn measured<T>(run: impl Future<Output = CanoResult<T>>) -> (u64, T) {
    let mut run = pin!(run);
    let mut end = None;
    let counted = allocation_counter::measure(|| {
        let mut context = Context::from_waker(Waker::noop());
        end = loop {
            // Pending is only the yield of a long run.
            if let Poll::Ready(end) = run.as_mut().poll(&mut context) {
                break Some(end);
            }
        };
    });
    match end {
        Some(Ok(end)) => (counted.count_total, end),
        Some(Err(error)) => panic!("{error:#}"),
        None => unreachable!("the loop ended"),
    }
}

fn allocations<T>(run: impl Future<Output = CanoResult<T>>) -> u64 {
    measured(run).0
}

#[test]
fn the_counter_counts() {
    let allocate = async {
        let texts: Vec<String> = (0..10).map(|n| n.to_string()).collect();
        std::hint::black_box(texts);
        Ok(())
    };
    assert_eq!(allocations(allocate), 11);
    assert_eq!(allocations(async { Ok(()) }), 0);
}

#[task]
async fn next(left: u32) -> CanoResult<Option<u32>> {
    Ok(left.checked_sub(1))
}

#[task]
async fn pass(_name: &str) -> Result<(), std::convert::Infallible> {
    Ok(())
}

#[task(retry = exponential(5))]
async fn with_store(left: &u32, store: &MemoryStore, cx: &Cx) -> CanoResult<u32> {
    std::hint::black_box((store, cx.attempt()));
    Ok(*left)
}

#[derive(Default)]
struct Half;

#[node(retry = fixed(3, "1s"))]
impl Half {
    async fn prep(&self, left: u32) -> CanoResult<u32> {
        Ok(left)
    }

    async fn exec(&self, prepared: u32) -> u32 {
        prepared.saturating_sub(1)
    }

    async fn post(&self, left: u32, less: u32) -> CanoResult<Option<u32>> {
        Ok((left > 0).then_some(less))
    }
}

// Each state that is not the exit passes a text along, which a clone or a box would show.
workflow! {
    enum Linear {
        #[start] A { name: String } = pass(name) >> B { name },
        B { name: String } = pass(name) >> C { name },
        C { name: String } = pass(name) >> D { name },
        D { name: String } = pass(name) >> E { name },
        E { name: String } = pass(name) >> F { name },
        F { name: String } = pass(name) >> G { name },
        G { name: String } = pass(name) >> H { name },
        H { name: String } = pass(name) >> I { name },
        I { name: String } = pass(name) >> J { name },
        J { name: String } = pass(name) >> Passed { name },
        #[exit] Passed { name: String },
    }
}

workflow! {
    enum Cyclic {
        #[start] Here { left: u32, name: String } = match next(left) {
            Some(left) => There { left, name },
            None => Passed { name },
        },
        There { left: u32, name: String } = match next(left) {
            Some(left) => Here { left, name },
            None => Passed { name },
        },
        #[exit] Passed { name: String },
    }
}

/// A ring of so many states that their rows stand in groups.
macro_rules! ring {
    ($first:ident $($state:ident)*) => { ring!(@ [$first $($state)*] [$($state)* $first]); };
    (@ [$first:ident $($state:ident)*] [$second:ident $($next:ident)*]) => {
        workflow! {
            enum Ring {
                #[start] $first { left: u32, name: String } = match next(left) {
                    Some(left) => $second { left, name },
                    None => Passed { name },
                },
                $($state { left: u32, name: String } = match next(left) {
                    Some(left) => $next { left, name },
                    None => Passed { name },
                },)*
                #[exit] Passed { name: String },
            }
        }
    };
}

ring!(
    S00 S01 S02 S03 S04 S05 S06 S07 S08 S09 S10 S11 S12 S13 S14 S15 S16 S17 S18 S19 S20 S21 S22 S23 S24 S25
    S26 S27 S28 S29 S30 S31 S32 S33 S34 S35 S36 S37 S38 S39 S40 S41 S42 S43 S44 S45 S46 S47 S48 S49 S50 S51
    S52 S53 S54 S55 S56 S57 S58 S59 S60 S61 S62 S63 S64 S65 S66 S67 S68 S69
);

workflow! {
    enum WithPolicies {
        #[start]
        #[catch(_ => Passed)]
        Here { left: u32 } = match with_store(left) { 0 => Passed, left => There { left } },
        #[retry(fixed(2, "1s"))]
        There { left: u32 } = match next(left) { Some(left) => Here { left }, None => Passed },
        #[exit] Passed,
    }
}

workflow! {
    enum Nodes {
        #[start] Work { left: u32 } = match Half(left) { Some(left) => Work { left }, None => Passed },
        #[exit] Passed,
    }
}

workflow! {
    enum Together {
        #[start] Work { left: u32 } = match (next(left), with_store(left), Half(left)) {
            (Some(left), _, _) => Work { left },
            (None, _, _) => Passed,
        },
        #[exit] Passed,
    }
}

fn name() -> String {
    "a name".to_owned()
}

/// A run of few transitions and one of many allocate the same.
fn none_a_step<T, R>(run: impl Fn(u32) -> R)
where
    R: Future<Output = CanoResult<T>>,
{
    let (few, many) = (allocations(run(10)), allocations(run(1000)));
    assert!(many <= few, "{few} for 10 transitions, {many} for 1000");
}

#[test]
fn a_run_through_a_linear_table_allocates_nothing() {
    let store = MemoryStore::new();
    let workflow = Linear::workflow();
    let (whole, end) = measured(workflow.orchestrate_from(Linear::A { name: name() }, &store));
    let LinearExit::Passed { name } = end;
    assert_eq!((whole, name.as_str()), (0, "a name"));
}

#[test]
fn a_step_of_a_cyclic_table_allocates_nothing() {
    let store = MemoryStore::new();
    none_a_step(|left| {
        let run = Cyclic::run(left, name(), &store);
        async { run.await.map(|CyclicExit::Passed { name }| assert_eq!(name, "a name")) }
    });
}

#[test]
fn a_transition_from_group_to_group_of_a_large_table_allocates_nothing() {
    let store = MemoryStore::new();
    none_a_step(|left| {
        let run = Ring::run(left, name(), &store);
        async { run.await.map(|RingExit::Passed { name }| assert_eq!(name, "a name")) }
    });
}

#[test]
fn retry_policies_and_catches_that_are_not_needed_allocate_nothing() {
    let store = MemoryStore::new();
    none_a_step(|left| WithPolicies::run(left, &store));
}

#[test]
fn a_node_in_a_table_allocates_nothing() {
    let store = MemoryStore::new();
    none_a_step(|left| Nodes::run(left, &store));
}

#[test]
fn run_of_a_table_that_makes_its_tasks_instances_allocates_once() {
    let store = MemoryStore::new();
    let counted = allocation_counter::measure(|| assert_eq!(allocations(Nodes::run(2, &store)), 0));
    assert_eq!(counted.count_total, 1);
}

#[test]
fn several_tasks_of_one_state_allocate_nothing() {
    let store = MemoryStore::new();
    none_a_step(|left| Together::run(left, &store));
}

#[test]
fn a_limit_that_is_far_away_allocates_nothing() {
    let (store, limit) = (MemoryStore::new(), std::num::NonZeroU64::new(5000).unwrap());
    let workflow = Cyclic::workflow().with_transition_limit(limit);
    none_a_step(|left| workflow.orchestrate_from(Cyclic::Here { left, name: name() }, &store));
}

type Left = AtomicU32;

/// Counts down in the store, as a task by attribute, one written by hand, and a node.
#[task]
async fn down(store: &Left) -> CanoResult<bool> {
    Ok(store.fetch_sub(1, Relaxed) == 1)
}

struct ByHand;

#[async_trait]
impl Task<bool, Left> for ByHand {
    async fn run(&self, store: &Left) -> CanoResult<bool> {
        down(store).await
    }
}

struct ByNode;

#[node]
impl ByNode {
    async fn prep(&self, store: &Left) -> CanoResult<u32> {
        Ok(store.fetch_sub(1, Relaxed))
    }

    async fn exec(&self, before: u32) -> u32 {
        before
    }

    async fn post(&self, before: u32) -> CanoResult<bool> {
        Ok(before == 1)
    }
}

/// How many allocations a thousand transitions of the builder's workflow make, all from one state.
fn a_thousand<M>(task: impl cano::IntoTask<bool, Left, M>) -> u64 {
    let mut workflow = Workflow::new(false);
    workflow.register(false, task).add_exit_state(true);
    let of = |transitions: u32| {
        let store = transitions.into();
        allocations(workflow.orchestrate(&store))
    };
    of(1010) - of(10)
}

#[test]
fn a_transition_of_the_builder_allocates_at_most_once() {
    let (by_attribute, by_hand, by_node) = (a_thousand(down {}), a_thousand(ByHand), a_thousand(ByNode));
    assert_eq!(by_attribute, 0, "in 1000 transitions with `#[task]`, after the first");
    assert_eq!(by_hand, 1000, "in 1000 transitions with a hand-written task");
    assert_eq!(by_node, 0, "in 1000 transitions with `#[node]`, after the first");
}

#[task]
async fn round(store: &Left) -> CanoResult<u32> {
    Ok(match store.fetch_sub(1, Relaxed) {
        1 => u32::MAX,
        left => left % 8,
    })
}

#[test]
fn a_run_of_the_builder_through_many_states_keeps_the_places_of_few_and_allocates_at_most_once_a_transition()
{
    let mut workflow = Workflow::new(0);
    (0..8).for_each(|state| _ = workflow.register(state, round {}));
    workflow.add_exit_state(u32::MAX);
    let store = Left::from(1000);
    let run = workflow.orchestrate(&store);
    let mut run = pin!(run);
    let counted = allocation_counter::measure(|| {
        let mut context = Context::from_waker(Waker::noop());
        while run.as_mut().poll(&mut context).is_pending() {}
    });
    assert!(counted.count_total <= 1000 + 1, "{counted:?}");
    assert!(counted.count_max <= 4 + 1, "{counted:?}");
}

#[test]
fn a_limit_that_need_not_be_waited_for_allocates_nothing() {
    use cano::limit::{CircuitBreaker, ConcurrencyLimit, Limit, RateLimit};

    let one = ConcurrencyLimit::new(1);
    let rate = RateLimit::per_second(1).with_burst(1000);
    let circuit = CircuitBreaker::new("bank");
    let cx = Cx::detached();
    let attempt = async |limit: &dyn Limit| cano::__private::limited!(limit, &cx, Ok(()));
    let limits: [&dyn Limit; 3] = [&one, &rate, &circuit];
    for limit in limits {
        // The first ones make the window of the circuit and the state of the rate.
        for _ in 0..20 {
            allocations(attempt(limit));
        }
        assert_eq!(allocations(attempt(limit)), 0);
    }
}
