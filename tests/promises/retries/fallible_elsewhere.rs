//! A node whose `exec` may fail, in the builder and in a nested workflow.

use cano::prelude::*;

use super::fallible::{Plan, fails};
use crate::log::{Busy, Log};

/// In the builder, where a node has no inputs.
#[derive(Default)]
struct Registered(Plan);
#[node(fallible_exec, retry = fixed(2, "1s"))]
impl Registered {
    async fn prep(&self, store: &Log) -> Result<Log, Busy> {
        fails(self.0, "prep", store).map(|()| store.clone())
    }

    async fn exec(&self, log: &Log) -> Result<u32, Busy> {
        fails(self.0, "exec", log).map(|()| 1)
    }

    async fn exec_fallback(&self, log: Log, error: CanoError) -> Result<u32, Busy> {
        let CanoError::Task(failed) = &error else { panic!("not a task's: {error:#}") };
        fails(self.0, "fallback", &log).map(|()| 100 + failed.attempts())
    }

    async fn post(&self, store: &Log, done: u32) -> Result<u32, Busy> {
        fails(self.0, "post", store).map(|()| done)
    }
}

async fn registered(plan: Plan, log: &Log) -> CanoResult<u32> {
    let mut workflow = Workflow::new(0_u32);
    workflow.register(0, Registered(plan)).add_exit_states([1, 103]);
    workflow.orchestrate(log).await
}

/// In a table.
#[derive(Default)]
struct Lent;
#[node(fallible_exec, retry = fixed(2, "1s"))]
impl Lent {
    async fn prep(&self, plan: Plan, store: &Log) -> Result<u32, Busy> {
        fails(plan, "prep", store).map(|()| 1)
    }

    async fn exec(&self, prepared: u32) -> Result<u32, Busy> {
        Ok(prepared)
    }

    async fn post(&self, done: u32) -> Result<u32, Busy> {
        Ok(done)
    }
}

#[tokio::test(start_paused = true)]
async fn all_of_it_holds_in_the_builder() {
    let log = Log::new();
    assert_eq!(registered("exec", &log).await.unwrap(), 103);
    assert_eq!(log.lines(), ["prep", "exec", "exec", "exec", "fallback", "post"]);
    for (plan, lines) in [
        ("none", vec!["prep", "exec", "post"]),
        ("prep", vec!["prep"]),
        ("post", vec!["prep", "exec", "post"]),
        ("exec, fallback", vec!["prep", "exec", "exec", "exec", "fallback"]),
    ] {
        let log = Log::new();
        assert_eq!(registered(plan, &log).await.is_ok(), plan == "none");
        assert_eq!(log.lines(), lines, "{plan}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_nested_workflow_whose_prep_failed_is_repeated_if_the_parents_row_says_so() {
    workflow! {
        #[store(Log)]
        enum Preparing {
            #[start] Only { plan: Plan } = match Lent(plan) { _ => Over },
            #[exit] Over,
        }
    }
    workflow! {
        #[store(Log)]
        enum Outer {
            #[start] #[retry(fixed(2, "1s"))] Inside { plan: Plan } = match Preparing(plan) { Over => Over },
            #[exit] Over,
        }
    }
    let log = Log::new();
    let error = Outer::run("prep", &log).await.err().expect("prep fails always");
    assert_eq!(log.count("prep"), 3, "a failure that the node does not repeat is not permanent to others");
    assert!(!error.is_permanent());
}
