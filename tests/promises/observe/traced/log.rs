//! The whole log of a run, as a person reads it.

use cano::{Cx, RunId, RunOptions, WaitStrategy, prelude::*};
use tracing::{info, info_span};

use super::*;
use crate::{log::Busy, observe::*};

#[task]
async fn prepare(name: &str) -> CanoResult<()> {
    info!(node_id = %format_args!("{name}_1"), "Starting data preparation");
    Ok(())
}

workflow! {
    enum Processing {
        #[start]
        #[retry(fixed(3, "1s"))]
        Start { name: String } = prepare(name) >> Complete,
        #[exit] Complete,
    }
}

#[tokio::test(start_paused = true)]
async fn of_a_success() {
    let (written, _guard) = Written::begin("info");
    let span = info_span!("user_data_processing", user_id = "12345", batch_id = "batch_001");
    let workflow = Processing::workflow().with_tracing_span(span);
    let start = Processing::Start { name: "processor".to_owned() };
    workflow.orchestrate_from(start, &MemoryStore::new()).await.unwrap();

    assert_log(
        &written,
        r#"
        INFO user_data_processing{user_id="12345" batch_id="batch_001"}: Starting workflow orchestration workflow=Processing start=Start
        INFO user_data_processing{user_id="12345" batch_id="batch_001"}:task_execution{state=Start}:run_with_retries{max_attempts=4}: Starting task execution with retry logic task=prepare
        INFO user_data_processing{user_id="12345" batch_id="batch_001"}:task_execution{state=Start}:run_with_retries{max_attempts=4}:task_attempt{attempt=1}: Starting data preparation node_id=processor_1
        INFO user_data_processing{user_id="12345" batch_id="batch_001"}:task_execution{state=Start}:run_with_retries{max_attempts=4}:task_attempt{attempt=1}: Task execution successful duration=0ns
        INFO user_data_processing{user_id="12345" batch_id="batch_001"}: Workflow completed successfully exit=Complete duration=0ns
        "#,
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_retry() {
    let (written, _guard) = Written::begin("debug");
    Search::run(1, &MemoryStore::new()).await.unwrap();

    assert_log(
        &written,
        r#"
        INFO workflow: Starting workflow orchestration workflow=Search start=Look
        INFO workflow:task_execution{state=Look}:run_with_retries{max_attempts=3}: Starting task execution with retry logic task=work
        WARN workflow:task_execution{state=Look}:run_with_retries{max_attempts=3}:task_attempt{attempt=1}: Task execution failed, retrying workflow=Search state=Look task=work attempt=1 error=busy 1 delay=10s
        DEBUG workflow:task_execution{state=Look}:run_with_retries{max_attempts=3}: Starting another attempt
        INFO workflow:task_execution{state=Look}:run_with_retries{max_attempts=3}:task_attempt{attempt=2}: Task execution successful duration=1s
        DEBUG workflow:task_execution{state=Look}: Transition from=Look to=Empty outcome=Little
        INFO workflow: Workflow completed successfully exit=Empty duration=12s
        "#,
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_failure_that_is_caught() {
    let (written, _guard) = Written::begin("info");
    Search::run(9, &MemoryStore::new()).await.unwrap();

    assert_log(
        &written,
        r#"
        INFO workflow: Starting workflow orchestration workflow=Search start=Look
        INFO workflow:task_execution{state=Look}:run_with_retries{max_attempts=3}: Starting task execution with retry logic task=work
        WARN workflow:task_execution{state=Look}:run_with_retries{max_attempts=3}:task_attempt{attempt=1}: Task execution failed, retrying workflow=Search state=Look task=work attempt=1 error=busy 1 delay=10s
        WARN workflow:task_execution{state=Look}:run_with_retries{max_attempts=3}:task_attempt{attempt=2}: Task execution failed, retrying workflow=Search state=Look task=work attempt=2 error=busy 2 delay=10s
        ERROR workflow:task_execution{state=Look}:run_with_retries{max_attempts=3}:task_attempt{attempt=3}: Task execution failed after its last attempt attempts=3 error=workflow `Search`, state `Look`: task `work` failed after 3 attempts: busy 3
        WARN workflow:task_execution{state=Look}: Error caught error=workflow `Search`, state `Look`: task `work` failed after 3 attempts to=Empty
        INFO workflow: Workflow completed successfully exit=Empty duration=23s
        "#,
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_failure_of_the_builders_workflow() {
    let (written, _guard) = Written::begin("info");
    let mut workflow = Workflow::new("start").with_name("Daily");
    workflow.register("start", Fails).add_exit_state("end");
    drop(workflow.orchestrate(&MemoryStore::new()).await);

    assert_log(
        &written,
        r#"
        INFO workflow: Starting workflow orchestration workflow=Daily start=start
        INFO workflow:task_execution{state=start}:run_with_retries{max_attempts=2}: Starting task execution with retry logic task=Fails
        WARN workflow:task_execution{state=start}:run_with_retries{max_attempts=2}:task_attempt{attempt=1}: Task execution failed, retrying workflow=Daily state=start task=Fails attempt=1 error=busy 7 delay=5ms
        ERROR workflow:task_execution{state=start}:run_with_retries{max_attempts=2}:task_attempt{attempt=2}: Task execution failed after its last attempt attempts=2 error=workflow `Daily`, state `start`: task `Fails` failed after 2 attempts: busy 7
        ERROR workflow: Workflow failed error=workflow `Daily`, state `start`: task `Fails` failed after 2 attempts: busy 7 duration=5ms
        "#,
    );
}

struct Fails;

#[async_trait]
impl Task<&'static str> for Fails {
    fn config(&self) -> TaskConfig {
        TaskConfig::with_fixed_retry(1, Duration::from_millis(5))
    }

    async fn run(&self, _: &MemoryStore) -> CanoResult<&'static str> {
        Err(CanoError::task_execution(Busy(7)))
    }
}

struct Double;

#[node]
impl Double {
    async fn prep(&self, n: &u32) -> CanoResult<u32> {
        info!("reading");
        Ok(*n)
    }

    async fn exec(&self, n: u32) -> u32 {
        info!("doubling");
        tokio::time::sleep(Duration::from_millis(1)).await;
        info!("doubled");
        n * 2
    }

    async fn post(&self, n: u32) -> CanoResult<()> {
        info!(n, "writing");
        Ok(())
    }
}

impl Default for Double {
    fn default() -> Self {
        Self
    }
}

workflow! {
    enum Doubling {
        #[start] Work { n: u32 } = Double(n) >> Done,
        #[exit] Done,
    }
}

#[tokio::test(start_paused = true)]
async fn of_a_node() {
    let (written, _guard) = Written::begin("debug");
    Doubling::run(4, &MemoryStore::new()).await.unwrap();

    assert_log(
        &written,
        r#"
        INFO workflow: Starting workflow orchestration workflow=Doubling start=Work
        INFO workflow:task_execution{state=Work}:run_with_retries{max_attempts=1}: Starting task execution with retry logic task=Double
        INFO workflow:task_execution{state=Work}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}:prep: reading
        INFO workflow:task_execution{state=Work}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}:exec: doubling
        INFO workflow:task_execution{state=Work}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}:exec: doubled
        INFO workflow:task_execution{state=Work}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}:post: writing n=8
        INFO workflow:task_execution{state=Work}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}: Task execution successful duration=1ms
        DEBUG workflow:task_execution{state=Work}: Transition from=Work to=Done
        INFO workflow: Workflow completed successfully exit=Done duration=1ms
        "#,
    );
}

#[tokio::test(start_paused = true)]
async fn of_tasks_at_once() {
    let (written, _guard) = Written::begin("info");
    Pair::run(1, &MemoryStore::new()).await.unwrap();

    assert_log(
        &written,
        r#"
        INFO workflow: Starting workflow orchestration workflow=Pair start=Both
        INFO workflow:task_execution{state=Both}:run_with_retries{task=work max_attempts=3}: Starting task execution with retry logic task=work
        INFO workflow:task_execution{state=Both}:run_with_retries{task=tell max_attempts=1}: Starting task execution with retry logic task=tell
        INFO workflow:task_execution{state=Both}:run_with_retries{task=tell max_attempts=1}:task_attempt{attempt=1}: Task execution successful duration=0ns
        WARN workflow:task_execution{state=Both}:run_with_retries{task=work max_attempts=3}:task_attempt{attempt=1}: Task execution failed, retrying workflow=Pair state=Both task=work attempt=1 error=busy 1 delay=10s
        INFO workflow:task_execution{state=Both}:run_with_retries{task=work max_attempts=3}:task_attempt{attempt=2}: Task execution successful duration=1s
        INFO workflow: Workflow completed successfully exit=No duration=12s
        "#,
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_run_within_a_run() {
    let (written, _guard) = Written::begin("warn,cano=info");
    Outer::run(0, &MemoryStore::new()).await.unwrap();

    assert_log(
        &written,
        r#"
        INFO workflow: Starting workflow orchestration workflow=Outer start=Within
        INFO workflow:task_execution{state=Within}:run_with_retries{max_attempts=1}: Starting task execution with retry logic task=Pair
        INFO workflow:task_execution{state=Within}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}:workflow: Starting workflow orchestration workflow=Pair start=Both
        INFO workflow:task_execution{state=Within}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}:workflow:task_execution{state=Both}:run_with_retries{task=work max_attempts=3}: Starting task execution with retry logic task=work
        INFO workflow:task_execution{state=Within}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}:workflow:task_execution{state=Both}:run_with_retries{task=tell max_attempts=1}: Starting task execution with retry logic task=tell
        INFO workflow:task_execution{state=Within}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}:workflow:task_execution{state=Both}:run_with_retries{task=tell max_attempts=1}:task_attempt{attempt=1}: Task execution successful duration=0ns
        INFO workflow:task_execution{state=Within}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}:workflow:task_execution{state=Both}:run_with_retries{task=work max_attempts=3}:task_attempt{attempt=1}: Task execution successful duration=1s
        INFO workflow:task_execution{state=Within}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}:workflow: Workflow completed successfully exit=Yes duration=1s
        INFO workflow:task_execution{state=Within}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}: Task execution successful duration=1s
        INFO workflow: Workflow completed successfully exit=Done duration=1s
        "#,
    );
}

#[tokio::test(start_paused = true)]
async fn of_a_concurrent_batch() {
    let (written, _guard) = Written::begin("info");
    let starts = vec![Processing::Start { name: "a".to_owned() }, Processing::Start { name: "b".to_owned() }];
    let runs = Processing::workflow().concurrent((starts, MemoryStore::new()));
    runs.with_tracing_span(info_span!("nightly", day = 3)).execute(WaitStrategy::WaitForever).await;

    assert_log(
        &written,
        r#"
        INFO nightly{day=3}: Starting concurrent workflow execution workflow=Processing total=2
        INFO nightly{day=3}:workflow{index=0}: Starting workflow orchestration workflow=Processing start=Start
        INFO nightly{day=3}:workflow{index=0}:task_execution{state=Start}:run_with_retries{max_attempts=4}: Starting task execution with retry logic task=prepare
        INFO nightly{day=3}:workflow{index=0}:task_execution{state=Start}:run_with_retries{max_attempts=4}:task_attempt{attempt=1}: Starting data preparation node_id=a_1
        INFO nightly{day=3}:workflow{index=0}:task_execution{state=Start}:run_with_retries{max_attempts=4}:task_attempt{attempt=1}: Task execution successful duration=0ns
        INFO nightly{day=3}:workflow{index=0}: Workflow completed successfully exit=Complete duration=0ns
        INFO nightly{day=3}:workflow{index=1}: Starting workflow orchestration workflow=Processing start=Start
        INFO nightly{day=3}:workflow{index=1}:task_execution{state=Start}:run_with_retries{max_attempts=4}: Starting task execution with retry logic task=prepare
        INFO nightly{day=3}:workflow{index=1}:task_execution{state=Start}:run_with_retries{max_attempts=4}:task_attempt{attempt=1}: Starting data preparation node_id=b_1
        INFO nightly{day=3}:workflow{index=1}:task_execution{state=Start}:run_with_retries{max_attempts=4}:task_attempt{attempt=1}: Task execution successful duration=0ns
        INFO nightly{day=3}:workflow{index=1}: Workflow completed successfully exit=Complete duration=0ns
        INFO nightly{day=3}: Concurrent workflow execution completed completed=2 failed=0 cancelled=0 duration=0ns
        "#,
    );
}

#[task]
async fn undo(cx: &Cx) -> CanoResult<()> {
    info!("giving back for {}", cx.state());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn of_an_undo() {
    let (written, _guard) = Written::begin("info");
    let mut workflow = Workflow::new("pay").with_name("Shop");
    workflow.register("pay", To("send")).undo_by("pay", undo {}).register("send", Panics);
    drop(workflow.orchestrate(&MemoryStore::new()).await);

    assert_log(
        &written,
        r#"
        INFO workflow: Starting workflow orchestration workflow=Shop start=pay
        INFO workflow:task_execution{state=pay}:run_with_retries{max_attempts=4}: Starting task execution with retry logic task=To
        INFO workflow:task_execution{state=pay}:run_with_retries{max_attempts=4}:task_attempt{attempt=1}: Task execution successful duration=0ns
        INFO workflow:task_execution{state=send}:run_with_retries{max_attempts=4}: Starting task execution with retry logic task=Panics
        ERROR workflow:task_execution{state=send}:run_with_retries{max_attempts=4}:task_attempt{attempt=1}: Task execution failed after its last attempt attempts=1 error=workflow `Shop`, state `send`: task `Panics` panicked: a bug
        INFO workflow:undo{state=pay}:run_with_retries{task=undo max_attempts=1}: Starting task execution with retry logic task=undo
        INFO workflow:undo{state=pay}:run_with_retries{task=undo max_attempts=1}:task_attempt{attempt=1}: giving back for pay
        INFO workflow:undo{state=pay}:run_with_retries{task=undo max_attempts=1}:task_attempt{attempt=1}: Task execution successful duration=0ns
        INFO workflow:undo{state=pay}: Step undone task=undo
        ERROR workflow: Workflow panicked error=workflow `Shop`, state `send`: task `Panics` panicked: a bug duration=0ns
        "#,
    );
}

struct To(&'static str);

#[async_trait]
impl Task<&'static str> for To {
    async fn run(&self, _: &MemoryStore) -> CanoResult<&'static str> {
        Ok(self.0)
    }
}

struct Panics;

#[async_trait]
impl Task<&'static str> for Panics {
    async fn run(&self, _: &MemoryStore) -> CanoResult<&'static str> {
        panic!("a bug")
    }
}

#[tokio::test(start_paused = true)]
async fn of_a_scheduled_run() {
    let (written, _guard) = Written::begin("info");
    let scheduler = Scheduler::new();
    let processing = Processing::workflow().with_tracing_span(info_span!("hourly"));
    let start = |slot: &cano::schedule::Slot| Processing::Start { name: slot.id().to_owned() };
    scheduler
        .every_hours("stock", processing.with_inputs(move |slot| (start(slot), MemoryStore::new())), 1)
        .expect("a good schedule");
    scheduler.start().await.expect("it starts");
    tokio::time::sleep(Duration::from_secs(60)).await;
    scheduler.stop().await.expect("it stops");

    assert_log(
        &written,
        r#"
        INFO Schedule fired schedule="stock" slot=.. lag=0ns
        INFO hourly: Starting workflow orchestration workflow=Processing start=Start
        INFO hourly:task_execution{state=Start}:run_with_retries{max_attempts=4}: Starting task execution with retry logic task=prepare
        INFO hourly:task_execution{state=Start}:run_with_retries{max_attempts=4}:task_attempt{attempt=1}: Starting data preparation node_id=stock_1
        INFO hourly:task_execution{state=Start}:run_with_retries{max_attempts=4}:task_attempt{attempt=1}: Task execution successful duration=0ns
        INFO hourly: Workflow completed successfully exit=Complete duration=0ns
        INFO Scheduled run completed schedule="stock" slot=.. duration=0ns
        "#,
    );
}

#[tokio::test(start_paused = true)]
async fn of_two_runs_says_of_which_of_them_a_failure_is() {
    let (written, _guard) = Written::begin("info");
    let ids = [RunId::next(), RunId::next()];
    let run = |id| async move {
        let (store, options) = (MemoryStore::new(), RunOptions::new().with_run_id(id));
        Search::workflow().orchestrate_with(Search::Look { n: 9 }, &store, options).await.unwrap();
    };
    tokio::join!(run(ids[0]), run(ids[1]));

    let whole = written.whole();
    for words in ["retrying", "after its last attempt", "Error caught", "completed successfully"] {
        let of = |id: RunId| {
            let id = format!("run_id={id}");
            whole.lines().filter(|line| line.contains(words) && line.contains(&id)).count()
        };
        let all = whole.lines().filter(|line| line.contains(words)).count();
        assert!(all > 0 && of(ids[0]) == all / 2 && of(ids[1]) == all / 2, "{words} in\n{whole}");
    }
}
