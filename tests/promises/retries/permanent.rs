//! Errors that another attempt cannot mend, and errors that say when to try again.

use std::sync::Arc;

use cano::prelude::*;

use crate::log::{Busy, Log};

type Failure = Arc<dyn Fn(&Cx) -> CanoError + Send + Sync>;

/// How often a task with this error and 5 retries of a second each is attempted, and the waits.
async fn waits(error: impl Fn(&Cx) -> CanoError + Send + Sync + 'static) -> Vec<u128> {
    struct Store(Log, Failure);

    #[task(retry = fixed(5, "1s"))]
    async fn fail(store: &Store, cx: &Cx) -> CanoResult<u8> {
        store.0.note("attempt");
        Err((store.1)(cx))
    }
    let mut workflow = Workflow::new(0);
    workflow.register(0, fail {}).add_exit_state(1);
    let store = Store(Log::new(), Arc::new(error));
    workflow.orchestrate(&store).await.expect_err("the task fails always");
    store.0.gaps().iter().map(Duration::as_millis).collect()
}

#[tokio::test(start_paused = true)]
async fn an_error_that_is_not_permanent_is_attempted_as_often_as_the_policy_says() {
    assert_eq!(waits(|_| CanoError::task_execution("busy")).await, [1000; 5]);
    assert_eq!(waits(|_| MemoryStore::new().get::<u8>("missing").unwrap_err().into()).await, [1000; 5]);
}

#[tokio::test(start_paused = true)]
async fn permanent_errors_are_attempted_once() {
    assert_eq!(waits(|_| CanoError::permanent(Busy(1))).await, []);
    assert_eq!(waits(|_| CanoError::configuration("no address")).await, []);
    assert_eq!(waits(|_| CanoError::permanent("gone").retry_after(Duration::from_secs(9))).await, []);
}

#[tokio::test(start_paused = true)]
async fn a_permanent_error_ends_the_attempts_that_others_began() {
    let mixed = |cx: &Cx| match cx.attempt() {
        3 => CanoError::permanent("gone"),
        _ => CanoError::task_execution("busy"),
    };
    assert_eq!(waits(mixed).await, [1000, 1000]);
}

#[tokio::test(start_paused = true)]
async fn retry_after_replaces_the_delay_and_grants_no_further_attempt() {
    let once = |cx: &Cx| match cx.attempt() {
        2 => CanoError::task_execution("busy").retry_after(Duration::from_secs(30)),
        _ => CanoError::task_execution("busy"),
    };
    assert_eq!(waits(once).await, [1000, 30_000, 1000, 1000, 1000]);
    let always = |_: &Cx| CanoError::from(BoxError::from(Busy(1))).retry_after(Duration::from_millis(5));
    assert_eq!(waits(always).await, [5; 5]);
}

/// Counts the attempts of a task over a store where `n` is a text.
macro_rules! attempts_over_a_wrong_type {
    ($error:ty) => {{
        #[task(retry = fixed(5, "1s"))]
        async fn read(store: &MemoryStore) -> Result<u8, $error> {
            store.append("attempts", ())?;
            let n: u8 = store.get("n")?;
            Ok(n)
        }
        let mut workflow = Workflow::new(0);
        workflow.register(0, read {}).add_exit_state(1);
        let store = MemoryStore::new();
        store.put("n", "a text").unwrap();
        let error = workflow.orchestrate(&store).await.unwrap_err();
        assert!(matches!(error.find::<StoreError>(), Some(StoreError::WrongType { .. })));
        store.get::<Vec<()>>("attempts").unwrap().len()
    }};
}

#[tokio::test(start_paused = true)]
async fn a_value_of_another_type_in_the_store_is_attempted_once() {
    assert_eq!(attempts_over_a_wrong_type!(CanoError), 1);
}

#[tokio::test(start_paused = true)]
async fn a_value_of_another_type_is_attempted_once_whatever_the_type_of_the_tasks_error() {
    assert_eq!(attempts_over_a_wrong_type!(StoreError), 1, "a task that returns StoreError");
    assert_eq!(attempts_over_a_wrong_type!(BoxError), 1, "a task that returns BoxError");
}

/// A workflow of the builder within a task.
struct Inner(Workflow<u8>);

#[task(retry = fixed(5, "1s"))]
impl Inner {
    async fn run(&self, store: &MemoryStore) -> CanoResult<u8> {
        store.append("attempts", ())?;
        self.0.orchestrate(store).await
    }
}

#[tokio::test(start_paused = true)]
async fn a_workflow_within_a_task_that_is_defined_wrongly_is_attempted_once() {
    #[task]
    async fn leave() -> CanoResult<u8> {
        Ok(7)
    }
    let mut unregistered = Workflow::new(0);
    unregistered.register(0, leave {}).add_exit_state(1);
    let mut workflow = Workflow::new(0);
    workflow.register(0, Inner(unregistered)).add_exit_state(1);
    let store = MemoryStore::new();
    let error = workflow.orchestrate(&store).await.unwrap_err();
    assert_eq!(store.get::<Vec<()>>("attempts").unwrap().len(), 1);
    assert!(error.is_permanent());
    assert!(format!("{error:#}").contains("state `0` led to `7`, which is not registered"), "{error:#}");
}
