//! Random workflows of the builder do what a model of them says: each attempt, the end, the time it takes.

use std::{cell::RefCell, collections::BTreeMap, num::NonZeroU64, sync::Mutex};

use cano::prelude::*;
use proptest::{
    collection::vec,
    prop_oneof,
    strategy::{Just, Strategy},
    test_runner::{Config, RngSeed, TestRunner},
};
use tokio::time::Instant;

use crate::log::{Busy, Log};

/// The task of a state.
#[derive(Clone, Debug)]
struct Plan {
    /// So many attempts fail in each visit before one succeeds.
    failures: u32,
    permanent: bool,
    retries: u32,
    /// In milliseconds.
    delay: u64,
    /// Where the first visit leads, the second, and so on, again and again.
    ways: Vec<usize>,
}

/// States 0 to n - 1 with tasks, n and n + 1 as exits; n + 2 is not registered.
#[derive(Clone, Debug)]
struct Definition {
    plans: Vec<Plan>,
    limit: Option<NonZeroU64>,
}

/// How a run ends.
#[derive(Clone, Debug, PartialEq)]
enum End {
    Exit(usize),
    Failed { state: usize, attempts: u32 },
    Unregistered { from: usize },
    Limit,
}

/// What is seen of a run: a line for each attempt, the end, the milliseconds.
type Seen = (Vec<String>, End, u64);

/// The longest run that is let go on without a limit.
const ENDLESS: u64 = 600;

impl Definition {
    /// The model. `None`: the run has no end.
    fn predict(&self) -> Option<Seen> {
        let (mut state, mut transitions, mut lines, mut millis) = (0, 0, Vec::new(), 0);
        let mut visits = vec![0; self.plans.len()];
        while let Some(plan) = self.plans.get(state) {
            let allowed = if plan.permanent { 1 } else { plan.retries + 1 };
            let made = allowed.min(plan.failures + 1);
            lines.extend((1..=made).map(|attempt| line(state, visits[state], attempt)));
            millis += u64::from(made - 1) * plan.delay;
            if made <= plan.failures {
                return Some((lines, End::Failed { state, attempts: made }, millis));
            }
            let next = plan.ways[visits[state] % plan.ways.len()];
            visits[state] += 1;
            transitions += 1;
            match self.limit {
                Some(limit) if transitions > limit.get() => return Some((lines, End::Limit, millis)),
                None if transitions > ENDLESS => return None,
                _ => {}
            }
            if next == self.plans.len() + 2 {
                return Some((lines, End::Unregistered { from: state }, millis));
            }
            state = next;
        }
        Some((lines, End::Exit(state), millis))
    }

    /// What a run does.
    async fn run(&self) -> Seen {
        let mut workflow = Workflow::new(0);
        if let Some(limit) = self.limit {
            workflow = workflow.with_transition_limit(limit);
        }
        for (state, plan) in self.plans.iter().cloned().enumerate() {
            workflow.register(state, Planned { state, plan, made: Mutex::default() });
        }
        workflow.add_exit_states([self.plans.len(), self.plans.len() + 1]);
        let (log, began) = (Log::new(), Instant::now());
        let end = end(workflow.orchestrate(&log).await);
        let millis = u64::try_from(began.elapsed().as_millis()).expect("a run is short");
        (log.lines(), end, millis)
    }
}

fn line(state: usize, visit: usize, attempt: u32) -> String {
    format!("state {state}, visit {visit}, attempt {attempt}")
}

fn end(end: CanoResult<usize>) -> End {
    let index = |state: &str| state.parse().expect("a state is a number");
    let error = match end {
        Ok(exit) => return End::Exit(exit),
        Err(error) => error,
    };
    match &error {
        CanoError::TransitionLimit(_) => End::Limit,
        CanoError::UnregisteredState(error) => {
            End::Unregistered { from: index(error.from().expect("the start is registered")) }
        }
        CanoError::Task(task) if error.find::<Busy>().is_some() => {
            let place = task.place().expect("a run has seen it");
            End::Failed { state: index(place.state()), attempts: task.attempts() }
        }
        other => panic!("no run ends with this: {other:#}"),
    }
}

/// A state's task, which counts its visits and the attempts of the present one.
struct Planned {
    state: usize,
    plan: Plan,
    made: Mutex<(usize, u32)>,
}

#[async_trait]
impl Task<usize, Log> for Planned {
    fn config(&self) -> TaskConfig {
        TaskConfig::with_fixed_retry(self.plan.retries, Duration::from_millis(self.plan.delay))
    }

    async fn run(&self, store: &Log) -> CanoResult<usize> {
        let mut made = self.made.lock().expect("nothing panics under this lock");
        made.1 += 1;
        store.note(line(self.state, made.0, made.1));
        match made.1 <= self.plan.failures {
            true if self.plan.permanent => Err(CanoError::permanent(Busy(made.0))),
            true => Err(CanoError::task_execution(Busy(made.0))),
            false => {
                let way = self.plan.ways[made.0 % self.plan.ways.len()];
                *made = (made.0 + 1, 0);
                Ok(way)
            }
        }
    }
}

/// A plan whose ways are `ways`: most succeed at once, some later, a few never.
fn plan(ways: impl Strategy<Value = Vec<usize>>) -> impl Strategy<Value = Plan> {
    let failures = prop_oneof![6 => Just(0), 3 => 1_u32..3, 1 => 3_u32..6];
    let permanent = prop_oneof![9 => Just(false), 1 => Just(true)];
    (failures, permanent, 0_u32..5, 0_u64..50, ways).prop_map(
        |(failures, permanent, retries, delay, ways)| Plan { failures, permanent, retries, delay, ways },
    )
}

/// From each state to the next, to the exit.
fn linear() -> impl Strategy<Value = Vec<Plan>> {
    (1_usize..8).prop_flat_map(|n| (0..n).map(|state| plan(Just(vec![state + 1]))).collect::<Vec<_>>())
}

/// From each state only onwards, by several ways.
fn branching() -> impl Strategy<Value = Vec<Plan>> {
    (1_usize..8).prop_flat_map(|n| (0..n).map(|state| plan(vec(state + 1..n + 2, 1..4))).collect::<Vec<_>>())
}

/// From each state to any, itself, the exits and the one that nobody registered included.
fn cyclic() -> impl Strategy<Value = Vec<Plan>> {
    (1_usize..6).prop_flat_map(|n| {
        let target = prop_oneof![20 => 0..n, 4 => n..n + 2, 1 => Just(n + 2)];
        vec(plan(vec(target, 1..4)), n)
    })
}

fn definition() -> impl Strategy<Value = Definition> {
    let limit = prop_oneof![Just(None), (1_u64..80).prop_map(NonZeroU64::new)];
    (prop_oneof![linear(), branching(), cyclic()], limit)
        .prop_map(|(plans, limit)| Definition { plans, limit })
}

#[test]
fn a_run_makes_the_attempts_reaches_the_end_and_takes_the_time_that_a_model_predicts() {
    let config =
        Config { cases: 300, rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..Config::default() };
    let seen = RefCell::new(BTreeMap::<&str, u32>::new());
    let result = TestRunner::new(config).run(&definition(), |definition| {
        // A run without an end is for `runs::cycles`: here it gets a limit.
        let definition = match definition.predict() {
            Some(_) => definition,
            None => Definition { limit: NonZeroU64::new(ENDLESS), ..definition },
        };
        let predicted = definition.predict().expect("a run with a limit has an end");
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
        assert_eq!(runtime.block_on(definition.run()), predicted);
        let kind = match predicted.1 {
            End::Exit(_) => "exit",
            End::Failed { attempts: 1, .. } => "failed at once",
            End::Failed { .. } => "failed after retries",
            End::Unregistered { .. } => "unregistered",
            End::Limit => "limit",
        };
        *seen.borrow_mut().entry(kind).or_default() += 1;
        Ok(())
    });
    result.unwrap_or_else(|failure| panic!("{failure}"));
    // The cases are the same every time, and every kind of end is well among them.
    let seen = seen.into_inner();
    assert!(seen.len() == 5 && seen.values().all(|count| *count >= 5), "{seen:?}");
}
