//! Tasks and nodes with `#[async_trait]` from its own crate, beside the prelude.

use async_trait::async_trait;
use cano::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum State {
    Fetch,
    Double,
    Report,
    Done,
    #[expect(dead_code, reason = "a variant that no run reaches is fine")]
    Unused,
}

#[derive(Clone)]
struct Fetch {
    start: u64,
}

#[async_trait]
impl Task<State> for Fetch {
    fn config(&self) -> TaskConfig {
        TaskConfig::new()
    }

    async fn run(&self, store: &MemoryStore) -> Result<State, CanoError> {
        store.put("n", self.start)?;
        Ok(State::Double)
    }
}

struct Double;

#[async_trait]
impl Node<State> for Double {
    type PrepResult = u64;
    type ExecResult = u64;

    fn config(&self) -> TaskConfig {
        TaskConfig::minimal()
    }

    async fn prep(&self, store: &MemoryStore) -> Result<Self::PrepResult, CanoError> {
        store.get::<u64>("n").map_err(|e| CanoError::preparation(format!("no number: {e}")))
    }

    async fn exec(&self, n: Self::PrepResult) -> Self::ExecResult {
        n * 2
    }

    async fn post(&self, store: &MemoryStore, doubled: Self::ExecResult) -> Result<State, CanoError> {
        store.put("n", doubled)?;
        Ok(State::Report)
    }
}

struct Report;

#[async_trait]
impl Task<State> for Report {
    async fn run(&self, store: &MemoryStore) -> CanoResult<State> {
        store.append("report", format!("n is {}", store.get::<u64>("n")?))?;
        Ok(State::Done)
    }
}

fn workflow() -> Workflow<State> {
    let mut workflow = Workflow::new(State::Fetch);
    workflow
        .register(State::Fetch, Fetch { start: 21 })
        .register(State::Double, Double)
        .register(State::Report, Report)
        .add_exit_state(State::Done);
    workflow
}

#[tokio::test]
async fn tasks_and_nodes_written_by_hand_run_in_one_workflow() {
    let store = MemoryStore::new();
    assert_eq!(workflow().orchestrate(&store).await.unwrap(), State::Done);
    assert_eq!(store.get::<Vec<String>>("report").unwrap(), ["n is 42"]);
}

#[tokio::test]
async fn a_clone_of_a_workflow_runs_on_its_own() {
    // Given a workflow and a clone that was changed since
    let original = workflow();
    let mut changed = original.clone();
    changed.register(State::Fetch, Fetch { start: 1 });
    // When both run, one of them on another thread's behalf
    let (left, right) = (MemoryStore::new(), MemoryStore::new());
    let shared = right.clone();
    let spawned = tokio::spawn(async move { changed.orchestrate(&shared).await });
    original.orchestrate(&left).await.unwrap();
    spawned.await.unwrap().unwrap();
    // Then each is as it was made
    assert_eq!((left.get("n"), right.get("n")), (Ok(42_u64), Ok(2_u64)));
}

#[tokio::test]
async fn every_node_is_a_task() {
    async fn run_task(task: &impl Task<State>, store: &MemoryStore) -> CanoResult<State> {
        task.run(store).await
    }
    let store = MemoryStore::new();
    store.put("n", 4_u64).unwrap();
    assert_eq!(run_task(&Double, &store).await.unwrap(), State::Report);
    assert_eq!(Double.run(&store).await.unwrap(), State::Report);
    assert_eq!(store.get::<u64>("n"), Ok(16));
    assert_eq!(Task::config(&Double).max_attempts(), 1);
}

#[tokio::test]
async fn code_that_is_generic_over_a_task_or_a_node_can_register_it() {
    fn with_task<T: Task<State> + 'static>(task: T) -> Workflow<State> {
        let mut workflow = Workflow::new(State::Report);
        workflow.register(State::Report, task).add_exit_states(vec![State::Done, State::Double]);
        workflow
    }
    fn with_node<N: Node<State> + 'static>(node: N) -> Workflow<State> {
        let mut workflow = Workflow::new(State::Double);
        workflow.register(State::Double, node).add_exit_states(vec![State::Done, State::Report]);
        workflow
    }
    let store = MemoryStore::new();
    store.put("n", 1_u64).unwrap();
    assert_eq!(with_task(Report).orchestrate(&store).await.unwrap(), State::Done);
    assert_eq!(with_node(Double).orchestrate(&store).await.unwrap(), State::Report);
}
