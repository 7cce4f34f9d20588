//! The same with nothing imported but the prelude; stores and states of many types.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use cano::prelude::*;

#[derive(Default)]
struct MyStore {
    visits: AtomicU32,
}

struct Visit;

#[async_trait]
impl Task<String, MyStore> for Visit {
    async fn run(&self, store: &MyStore) -> Result<String, CanoError> {
        let visits = store.visits.fetch_add(1, Relaxed) + 1;
        Ok(if visits < 3 { "visit" } else { "measure" }.to_string())
    }
}

struct Measure;

#[async_trait]
impl Node<String, MyStore> for Measure {
    type PrepResult = u32;
    type ExecResult = Result<u32, String>;

    async fn prep(&self, store: &MyStore) -> Result<u32, CanoError> {
        Ok(store.visits.load(Relaxed))
    }

    async fn exec(&self, visits: u32) -> Result<u32, String> {
        visits.checked_mul(10).ok_or("too many".to_string())
    }

    async fn post(&self, store: &MyStore, product: Result<u32, String>) -> Result<String, CanoError> {
        store.visits.store(product.map_err(CanoError::node_execution)?, Relaxed);
        Ok("done".to_string())
    }
}

#[tokio::test]
async fn a_state_may_be_a_string_and_a_store_a_type_of_ones_own() {
    let mut workflow = Workflow::new("visit".to_string());
    workflow
        .register("visit".to_string(), Visit)
        .register("measure".to_string(), Measure)
        .add_exit_states(vec!["done".to_string(), "failed".to_string()]);
    let store = MyStore::default();
    assert_eq!(workflow.orchestrate(&store).await.unwrap(), "done");
    assert_eq!(store.visits.into_inner(), 30);
}

type Pair = (&'static str, Option<i64>);

/// A task of two workflows, whose states and stores differ.
struct Onwards;

#[async_trait]
impl Task<u8> for Onwards {
    async fn run(&self, _store: &MemoryStore) -> Result<u8, CanoError> {
        Ok(3)
    }
}

#[async_trait]
impl Task<Pair, MyStore> for Onwards {
    async fn run(&self, _store: &MyStore) -> Result<Pair, CanoError> {
        Ok(("b", None))
    }
}

#[tokio::test]
async fn any_type_that_can_be_compared_and_hashed_is_a_state() {
    let mut numbers = Workflow::<u8>::new(1);
    numbers.register(1, Onwards).add_exit_state(3);
    assert_eq!(numbers.orchestrate(&MemoryStore::new()).await.unwrap(), 3);

    let mut pairs: Workflow<Pair, MyStore> = Workflow::new(("a", Some(1)));
    pairs.register(("a", Some(1)), Onwards).add_exit_state(("b", None));
    assert_eq!(pairs.orchestrate(&MyStore::default()).await.unwrap(), ("b", None));
}

#[tokio::test]
async fn a_task_that_is_a_function_registers_beside_those_written_by_hand() {
    #[task]
    async fn leave(store: &MyStore) -> Result<&'static str, CanoError> {
        store.visits.fetch_add(1, Relaxed);
        Ok("aside")
    }
    struct Leave;
    #[async_trait]
    impl Task<&'static str, MyStore> for Leave {
        async fn run(&self, store: &MyStore) -> Result<&'static str, CanoError> {
            leave(store).await.map(|_| "out")
        }
    }
    let mut workflow = Workflow::new("in");
    workflow.register("in", leave {}).register("aside", Leave).add_exit_state("out");
    let store = MyStore::default();
    assert_eq!(workflow.orchestrate(&store).await.unwrap(), "out");
    // And stays a function, which `Leave` calls.
    assert_eq!(store.visits.into_inner(), 2);
}
