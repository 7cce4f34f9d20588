//! A run is a future that can be sent, whatever its states and its tasks are.

use std::io;

use cano::prelude::*;

#[task]
async fn leave(_store: &MemoryStore) -> CanoResult<&'static str> {
    Ok("end")
}

fn workflow() -> Workflow<&'static str> {
    let mut workflow = Workflow::new("begin");
    workflow.register("begin", leave {}).add_exit_state("end");
    workflow
}

#[tokio::test]
async fn a_run_whose_states_are_static_texts_can_be_spawned() {
    let workflow = workflow();
    let run = tokio::spawn(async move { workflow.orchestrate(&MemoryStore::new()).await });
    assert_eq!(run.await.unwrap().unwrap(), "end");
}

/// Tasks, written both ways, that run a workflow of the builder.
struct ByHand(Workflow<&'static str>);

#[async_trait]
impl Task<u8> for ByHand {
    async fn run(&self, store: &MemoryStore) -> CanoResult<u8> {
        self.0.orchestrate(store).await.map(|_| 1)
    }
}

struct ByAttribute(Workflow<&'static str>);

#[task]
impl ByAttribute {
    async fn run(&self, store: &MemoryStore) -> CanoResult<u8> {
        self.0.orchestrate(store).await.map(|_| 2)
    }
}

#[tokio::test]
async fn a_task_may_run_a_workflow_of_the_builder() {
    let mut outer = Workflow::new(0);
    outer.register(0, ByHand(workflow())).register(1, ByAttribute(workflow())).add_exit_state(2);
    assert_eq!(outer.orchestrate(&MemoryStore::new()).await.unwrap(), 2);
}

/// A task whose result comes from a macro's parameter, which the parser sees as a group.
macro_rules! leaving {
    ($name:ident: $result:ty) => {
        #[task]
        async fn $name(_store: &MemoryStore) -> $result {
            Ok(1)
        }
    };
}

leaving!(by_macro: Result<u8, io::Error>);

#[tokio::test]
async fn a_task_that_a_macro_made_is_registered() {
    let mut workflow = Workflow::new(0);
    workflow.register(0, by_macro {}).add_exit_state(1);
    assert_eq!(workflow.orchestrate(&MemoryStore::new()).await.unwrap(), 1);
}
