//! An error says where it happened and after how many attempts.

use std::{borrow::Cow, sync::Arc};

use cano::prelude::*;

use crate::log::Busy;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Load { page: u32 },
    Done,
}

#[task(retry = fixed(2, "1s"))]
async fn load(_store: &MemoryStore) -> Result<Step, Busy> {
    Err(Busy(1))
}

mod deep {
    pub(super) struct Loader<T>(pub(super) T);
}

#[async_trait]
impl Task<Step> for deep::Loader<Busy> {
    fn config(&self) -> TaskConfig {
        TaskConfig::minimal()
    }

    async fn run(&self, _: &MemoryStore) -> Result<Step, CanoError> {
        Err(CanoError::task_execution(self.0.clone()))
    }
}

/// Workflow, state, task and attempts of a run's error.
fn place(error: &CanoError) -> (&str, &str, &str, u32) {
    let CanoError::Task(task) = error else { panic!("not a task's: {error:#}") };
    let place = task.place().expect("a run has seen it");
    (place.workflow(), place.state(), place.task(), task.attempts())
}

async fn error_of<M>(
    task: impl cano::IntoTask<Step, MemoryStore, M>,
    name: Option<&'static str>,
) -> CanoError {
    let mut workflow = Workflow::new(Step::Load { page: 2 });
    if let Some(name) = name {
        workflow = workflow.with_name(name);
    }
    workflow.register(Step::Load { page: 2 }, task).add_exit_state(Step::Done);
    workflow.orchestrate(&MemoryStore::new()).await.expect_err("the task fails always")
}

#[tokio::test(start_paused = true)]
async fn a_builders_error_names_the_workflow_the_state_the_task_and_the_attempts() {
    assert_eq!(place(&error_of(load {}, None).await), ("Step", "Load { page: 2 }", "load", 3));
    assert_eq!(place(&error_of(load {}, Some("Pages")).await), ("Pages", "Load { page: 2 }", "load", 3));
}

#[tokio::test(start_paused = true)]
async fn a_generic_task_is_named_with_its_parameters() {
    let error = error_of(deep::Loader(Busy(1)), None).await;
    assert_eq!(place(&error), ("Step", "Load { page: 2 }", "Loader<Busy>", 1));
}

#[tokio::test(start_paused = true)]
async fn a_task_or_a_state_that_is_declared_in_a_function_is_named_without_it() {
    #[derive(Clone, Debug, PartialEq, Eq, Hash)]
    enum Local {
        Begin,
        End,
    }
    #[task]
    async fn local(_store: &MemoryStore) -> Result<Local, Busy> {
        Err(Busy(1))
    }
    let mut workflow = Workflow::new(Local::Begin);
    workflow.register(Local::Begin, local {}).add_exit_state(Local::End);
    let error = workflow.orchestrate(&MemoryStore::new()).await.unwrap_err();
    assert_eq!(place(&error), ("Local", "Begin", "local", 1));
}

#[task]
async fn fetch(url: &str) -> CanoResult<usize> {
    Ok(url.len())
}

#[task(retry = fixed(1, "1s"))]
async fn store_it(_url: &str) -> Result<usize, Busy> {
    tokio::time::sleep(Duration::from_secs(1)).await;
    Err(Busy(3))
}

workflow! {
    enum Crawl {
        #[start] Fetch { url: String } = match fetch { 0 => Fetched, _ => Keep { url } },
        Keep { url: String } = match (fetch(url), store_it(url)) { _ => Fetched },
        #[exit] Fetched,
    }
}

workflow! {
    enum Site {
        #[start] Page { url: String } = match Crawl(url) { Fetched => Complete },
        #[exit] Complete,
    }
}

#[tokio::test(start_paused = true)]
async fn a_tables_error_names_the_task_that_failed_of_those_that_ran_at_once() {
    let error = Crawl::run("url".into(), &MemoryStore::new()).await.err().expect("it is not stored");
    assert_eq!(place(&error), ("Crawl", "Keep", "store_it", 2));
}

#[tokio::test(start_paused = true)]
async fn an_error_in_a_nested_workflow_names_both_places() {
    let error = Site::run("url".into(), &MemoryStore::new()).await.err().expect("it is not stored");
    assert_eq!(place(&error), ("Site", "Page", "Crawl", 1));
    let CanoError::Task(outer) = &error else { panic!("not a task's") };
    let nested = outer.cause().downcast_ref().expect("the nested run's error");
    assert_eq!(place(nested), ("Crawl", "Keep", "store_it", 2));
    assert_eq!(error.find::<Busy>(), Some(&Busy(3)));
}

#[test]
fn an_error_that_no_run_has_seen_has_no_place() {
    let CanoError::Task(task) = CanoError::task_execution("text") else { panic!("not a task's") };
    assert!(task.place().is_none());
    assert_eq!(task.attempts(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_is_text_is_named_without_quotes_in_whatever_it_is_kept() {
    async fn named<S: cano::State + From<&'static str>>() -> String {
        let workflow = Workflow::<S>::new("charge".into());
        let error = workflow.orchestrate(&MemoryStore::new()).await.expect_err("it is not registered");
        let CanoError::UnregisteredState(unregistered) = error else { panic!("not of its kind: {error:#}") };
        unregistered.state().to_owned()
    }
    assert_eq!(named::<&'static str>().await, "charge");
    assert_eq!(named::<String>().await, "charge");
    assert_eq!(named::<Cow<'static, str>>().await, "charge");
    assert_eq!(named::<Arc<str>>().await, "charge");
    assert_eq!(named::<Box<str>>().await, "charge");
}
