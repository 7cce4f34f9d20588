//! Every name that user code may rely on, in the shape in which it may, with nothing imported but `async_trait` and the
//! prelude.

use async_trait::async_trait;
use cano::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum State {
    Load,
    Double,
    Done,
    Failed,
}

struct Load;

#[async_trait]
impl Task<State> for Load {
    fn config(&self) -> TaskConfig {
        TaskConfig::with_fixed_retry(2, Duration::from_millis(10))
    }

    async fn run(&self, store: &MemoryStore) -> Result<State, CanoError> {
        store.put("n", 21_u32)?;
        Ok(State::Double)
    }
}

struct Double;

#[async_trait]
impl Node<State> for Double {
    type PrepResult = u32;
    type ExecResult = u32;

    fn config(&self) -> TaskConfig {
        TaskConfig::minimal()
    }

    async fn prep(&self, store: &MemoryStore) -> Result<Self::PrepResult, CanoError> {
        let n: u32 = store.get("n")?;
        Ok(n)
    }

    async fn exec(&self, n: Self::PrepResult) -> Self::ExecResult {
        n * 2
    }

    async fn post(&self, store: &MemoryStore, doubled: Self::ExecResult) -> Result<State, CanoError> {
        store.put("n", doubled)?;
        Ok(State::Done)
    }
}

fn workflow() -> Workflow<State> {
    let mut workflow = Workflow::new(State::Load);
    workflow
        .register(State::Load, Load)
        .register(State::Double, Double)
        .add_exit_state(State::Done)
        .add_exit_states(vec![State::Failed]);
    workflow.clone().with_tracing_span(tracing::info_span!("numbers"))
}

fn concurrent() -> ConcurrentWorkflow<State> {
    let mut concurrent = ConcurrentWorkflow::new(State::Load);
    concurrent
        .register(State::Load, Load)
        .register(State::Double, Double)
        .add_exit_state(State::Done)
        .add_exit_states(vec![State::Failed]);
    concurrent.clone().with_tracing_span(tracing::info_span!("many numbers"))
}

#[tokio::test]
async fn a_workflow_is_put_together_and_run() -> Result<(), CanoError> {
    fn is_a_task<T: Task<State>>(task: T) -> TaskConfig {
        task.config()
    }
    assert_eq!(is_a_task(Double).max_attempts(), 1);

    let store = MemoryStore::new();
    assert_eq!(workflow().orchestrate(&store).await?, State::Done);
    assert_eq!(store.get::<u32>("n")?, 42);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_workflow_runs_for_many_stores_until_a_strategy_ends_the_wait() -> CanoResult<()> {
    let duration = Duration::from_secs(5);
    for (strategy, at_least) in [
        (WaitStrategy::WaitForever, 3),
        (WaitStrategy::WaitForQuota(2), 2),
        (WaitStrategy::WaitDuration(duration), 3),
        (WaitStrategy::WaitQuotaOrDuration { quota: 1, duration }, 1),
    ] {
        let stores = vec![MemoryStore::new(), MemoryStore::new(), MemoryStore::new()];
        let (results, status): (Vec<WorkflowResult<State>>, ConcurrentWorkflowStatus) =
            concurrent().execute_concurrent(stores, strategy).await?;
        let mut completed = 0;
        for result in results {
            match result {
                WorkflowResult::Success(state) => {
                    assert_eq!(state, State::Done);
                    completed += 1;
                }
                WorkflowResult::Failed(error) => return Err(error),
                WorkflowResult::Cancelled => {}
            }
        }
        assert!(completed >= at_least);
        assert_eq!((status.total_workflows, status.completed, status.failed), (3, completed, 0));
        assert_eq!((status.cancelled, status.duration < duration), (3 - completed, true));
    }
    Ok(())
}

#[test]
fn a_store_has_its_methods() -> CanoResult<()> {
    let store = MemoryStore::new();
    store.put("name", "ada".to_string())?;
    store.append("tags", 1_u8)?;
    assert_eq!(store.clone().get::<String>("name")?, "ada");
    assert_eq!((store.keys()?.len(), store.len()?, store.is_empty()?), (2, 2, false));
    store.remove("name")?;
    store.clear()?;
    assert!(store.is_empty()?);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_scheduler_has_its_methods() -> CanoResult<()> {
    let scheduler = Scheduler::new();
    scheduler.every_seconds("seconds", workflow(), 30)?;
    scheduler.every_minutes("minutes", workflow(), 5)?;
    scheduler.every_hours("hours", workflow(), 2)?;
    scheduler.every("every", workflow(), Duration::from_millis(500))?;
    scheduler.cron("cron", workflow(), "0 0 9 * * *")?;
    scheduler.manual("manual", workflow())?;
    let all = WaitStrategy::WaitForever;
    scheduler.every_seconds_concurrent("seconds of many", concurrent(), 30, 2, all)?;
    scheduler.every_minutes_concurrent("minutes of many", concurrent(), 5, 2, all)?;
    scheduler.every_hours_concurrent("hours of many", concurrent(), 2, 2, all)?;
    scheduler.every_concurrent("every of many", concurrent(), Duration::from_millis(500), 2, all)?;
    scheduler.cron_concurrent("cron of many", concurrent(), "0 0 9 * * *", 2, all)?;
    scheduler.manual_concurrent("manual of many", concurrent(), 2, all)?;

    scheduler.start().await?;
    scheduler.trigger("manual").await?;
    tokio::time::sleep(Duration::from_millis(100)).await;
    let info: Option<FlowInfo> = scheduler.status("manual").await;
    let Some(FlowInfo { id, status, run_count, last_run, .. }) = info else { panic!("it was added") };
    assert_eq!((id.as_str(), status, run_count, last_run.is_some()), ("manual", Status::Completed, 1, true));
    assert_eq!(scheduler.list().await.len(), 12);
    scheduler.stop().await?;

    scheduler.add("by a schedule", workflow(), Schedule::every(Duration::from_secs(1))?)?;
    scheduler.start().await?;
    scheduler.stop_with_timeout(Duration::from_secs(1)).await?;
    Ok(())
}

#[test]
fn errors_and_policies_have_their_constructors() {
    let errors: [CanoError; 3] = [
        CanoError::task_execution("it failed"),
        CanoError::node_execution("it failed"),
        CanoError::preparation("it failed"),
    ];
    assert!(errors.iter().all(|error| error.to_string() == "it failed"));
    let attempts = [
        TaskConfig::new(),
        TaskConfig::default(),
        TaskConfig::minimal(),
        TaskConfig::with_fixed_retry(2, Duration::from_secs(1)),
        TaskConfig::with_exponential_retry(5),
    ]
    .map(|config| config.clone().max_attempts());
    assert_eq!(attempts, [4, 4, 1, 3, 6]);
}

#[task]
async fn greet(name: &str) -> Result<(), CanoError> {
    if name.is_empty() { Err(CanoError::preparation("nobody is there")) } else { Ok(()) }
}

#[derive(Default)]
struct Length;

#[node]
impl Length {
    async fn prep(&self, name: &str) -> CanoResult<String> {
        Ok(name.to_owned())
    }

    async fn exec(&self, name: String) -> usize {
        name.len()
    }

    async fn post(&self, length: usize, store: &MemoryStore) -> CanoResult<()> {
        Ok(store.put("length", length)?)
    }
}

workflow! {
    enum Greeting {
        #[start] Greet { name: String } = greet(name) >> Measure { name },
        Measure { name: String } = Length(name) >> Measured,
        #[exit] Measured,
    }
}

#[tokio::test]
async fn the_prelude_has_the_macros() -> CanoResult<()> {
    let store = MemoryStore::new();
    let GreetingExit::Measured = Greeting::run("ada".to_owned(), &store).await?;
    assert_eq!(store.get::<usize>("length")?, 3);
    Ok(())
}
