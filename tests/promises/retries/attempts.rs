//! n retries are n + 1 attempts, whichever way a task is written.

use cano::prelude::*;

use crate::log::{Busy, Log};

/// Fails always, with its retries or, without, as a task that says nothing.
struct Failing(Option<u32>);

#[async_trait]
impl Task<u8, Log> for Failing {
    fn config(&self) -> TaskConfig {
        self.0.map_or_else(TaskConfig::default, |n| TaskConfig::with_fixed_retry(n, Duration::from_secs(1)))
    }

    async fn run(&self, store: &Log) -> Result<u8, CanoError> {
        Err(CanoError::task_execution(Busy(store.note("task"))))
    }
}

/// As a node, which fails in `post`.
struct FailingNode(Option<u32>);

#[async_trait]
impl Node<u8, Log> for FailingNode {
    type PrepResult = ();
    type ExecResult = ();

    fn config(&self) -> TaskConfig {
        self.0.map_or_else(TaskConfig::default, |n| TaskConfig::with_fixed_retry(n, Duration::from_secs(1)))
    }

    async fn prep(&self, store: &Log) -> Result<(), CanoError> {
        store.note("prep");
        Ok(())
    }

    async fn exec(&self, (): ()) {}

    async fn post(&self, store: &Log, (): ()) -> Result<u8, CanoError> {
        Err(CanoError::node_execution(Busy(store.note("post"))))
    }
}

/// A task around a node, as a user may write it.
struct Wrapped(FailingNode);

#[async_trait]
impl Task<u8, Log> for Wrapped {
    fn config(&self) -> TaskConfig {
        Task::config(&self.0)
    }

    async fn run(&self, store: &Log) -> Result<u8, CanoError> {
        self.0.run(store).await
    }
}

/// These say nothing at all.
struct Silent;
#[async_trait]
impl Task<u8, Log> for Silent {
    async fn run(&self, store: &Log) -> Result<u8, CanoError> {
        Failing(None).run(store).await
    }
}

struct SilentNode;
#[async_trait]
impl Node<u8, Log> for SilentNode {
    type PrepResult = Log;
    type ExecResult = usize;

    async fn prep(&self, store: &Log) -> Result<Log, CanoError> {
        Ok(store.clone())
    }

    async fn exec(&self, log: Log) -> usize {
        log.note("exec")
    }

    async fn post(&self, _: &Log, n: usize) -> Result<u8, CanoError> {
        Err(CanoError::task_execution(Busy(n)))
    }
}

#[task]
pub(super) async fn once(store: &Log) -> Result<u8, Busy> {
    Err(Busy(store.note("once")))
}

#[task(retry = fixed(2, "1s"))]
pub(super) async fn thrice(store: &Log) -> Result<u8, Busy> {
    Err(Busy(store.note("thrice")))
}

#[derive(Default)]
pub(super) struct OnceNode;
#[node]
impl OnceNode {
    async fn prep(&self, store: &Log) -> Result<u8, Busy> {
        Err(Busy(store.note("prep")))
    }
    async fn exec(&self, n: u8) -> u8 {
        n
    }
    async fn post(&self, n: u8) -> CanoResult<u8> {
        Ok(n)
    }
}

#[derive(Default)]
pub(super) struct ThriceNode;
#[node(retry = exponential(2))]
impl ThriceNode {
    async fn prep(&self, store: &Log) -> CanoResult<Log> {
        Ok(store.clone())
    }
    async fn exec(&self, log: &Log) -> usize {
        log.note("exec")
    }
    async fn post(&self, n: usize) -> Result<u8, Busy> {
        Err(Busy(n))
    }
}

fn builder<M>(task: impl cano::IntoTask<u8, Log, M>) -> Workflow<u8, Log> {
    let mut workflow = Workflow::new(0);
    workflow.register(0, task).add_exit_state(1);
    workflow
}

async fn attempts(workflow: &Workflow<u8, Log>) -> u32 {
    attempts_of(workflow.orchestrate(&Log::new()).await)
}

pub(super) fn attempts_of<T>(end: CanoResult<T>) -> u32 {
    let error = end.err().expect("the task fails always");
    let CanoError::Task(failed) = &error else { panic!("not a task's: {error:#}") };
    assert!(error.find::<Busy>().is_some(), "{error:#}");
    failed.attempts()
}

#[tokio::test(start_paused = true)]
async fn n_retries_are_n_plus_one_attempts_of_a_task_and_of_a_node() {
    for n in 0..6 {
        let (log, node_log) = (Log::new(), Log::new());
        assert_eq!(attempts_of(builder(Failing(Some(n))).orchestrate(&log).await), n + 1);
        assert_eq!(attempts_of(builder(FailingNode(Some(n))).orchestrate(&node_log).await), n + 1);
        let made = usize::try_from(n + 1).unwrap();
        assert_eq!(log.lines().len(), made);
        // One attempt of a node is all of its parts, from the start.
        assert_eq!(node_log.lines(), ["prep", "post"].repeat(made));
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_that_is_wrapped_in_a_task_counts_its_retries_once() {
    let log = Log::new();
    assert_eq!(attempts_of(builder(Wrapped(FailingNode(Some(2)))).orchestrate(&log).await), 3);
    assert_eq!(log.count("post"), 3);
}

#[tokio::test(start_paused = true)]
async fn hand_written_tasks_and_nodes_that_say_nothing_are_attempted_four_times() {
    for workflow in [builder(Silent), builder(SilentNode), builder(Failing(None)), builder(FailingNode(None))]
    {
        assert_eq!(attempts(&workflow).await, 4);
    }
}

#[tokio::test(start_paused = true)]
async fn tasks_and_nodes_by_attribute_that_say_nothing_are_attempted_once() {
    for workflow in [builder(once {}), builder(OnceNode)] {
        assert_eq!(attempts(&workflow).await, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn tasks_and_nodes_by_attribute_have_the_retries_that_they_say() {
    for workflow in [builder(thrice {}), builder(ThriceNode)] {
        assert_eq!(attempts(&workflow).await, 3);
    }
}
