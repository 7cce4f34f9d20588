//! Tasks with fields: one instance of each type, for all the rows that name it and all the runs.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use cano::prelude::*;

#[derive(Default)]
pub(crate) struct Counter {
    calls: AtomicU32,
    step: Option<u32>,
}

#[task]
impl Counter {
    async fn run(&self, n: u32) -> CanoResult<u32> {
        self.calls.fetch_add(1, Relaxed);
        Ok(n + self.step.unwrap_or(1))
    }
}

pub(crate) struct Scale {
    by: u32,
}

#[node]
impl Scale {
    async fn prep(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }

    async fn exec(&self, prepared: u32) -> u32 {
        prepared * self.by
    }

    async fn post(&self, scaled: u32) -> CanoResult<u32> {
        Ok(scaled)
    }
}

workflow! {
    enum Counting {
        #[start] First { n: u32 } = match Counter(n) { n => Second { n } },
        Second { n: u32 } = match (Counter(n), Counter(n)) { (a, b) => Counted { n: a + b } },
        #[exit] Counted { n: u32 },
    }
}

workflow! {
    enum Scaling {
        #[start] First { n: u32 } = match Counter(n) { n => Then { n } },
        Then { n: u32 } = match Scale(n) { n => Scaled { n } },
        #[exit] Scaled { n: u32 },
    }
}

async fn count(workflow: &CheckedWorkflow<Counting>, n: u32) -> u32 {
    let CountingExit::Counted { n } =
        workflow.orchestrate_from(Counting::First { n }, &MemoryStore::new()).await.expect("it only counts");
    n
}

#[tokio::test]
async fn rows_and_runs_share_one_instance_of_a_task() {
    let workflow = Counting::with(CountingTasks { counter: Counter { calls: 0.into(), step: Some(10) } });
    assert_eq!((count(&workflow, 0).await, count(&workflow, 1).await), (40, 42));
    assert_eq!(workflow.tasks().counter.calls.load(Relaxed), 6);
}

#[tokio::test]
async fn instances_that_have_a_default_need_not_be_given() {
    assert_eq!(count(&Counting::workflow(), 0).await, 4);
    assert_eq!(count(&CheckedWorkflow::default(), 0).await, 4);
    let CountingExit::Counted { n } = Counting::run(0, &MemoryStore::new()).await.unwrap();
    assert_eq!(n, 4);
}

#[tokio::test]
async fn tasks_and_nodes_without_a_default_are_given() {
    let tasks = ScalingTasks { counter: Counter::default(), scale: Scale { by: 7 } };
    let ScalingExit::Scaled { n } =
        Scaling::with(tasks).orchestrate_from(Scaling::First { n: 1 }, &MemoryStore::new()).await.unwrap();
    assert_eq!(n, 14);
}
