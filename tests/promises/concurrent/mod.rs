//! Many runs at once.

mod bad_input;
mod ends;
mod model;
mod progress;
mod settings;
mod strategies;
mod stream;
mod table;
mod threads;
mod undone;

use std::{num::NonZeroUsize, time::Duration};

use cano::{ConcurrentWorkflow, prelude::*};
use tokio::time::sleep;

use crate::log::Log;

/// What one run is to do.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) time: Duration,
    pub(crate) end: End,
    pub(crate) log: Log,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum End {
    Succeed,
    Fail,
    Panic,
}

impl Job {
    pub(crate) fn new(seconds: u64, end: End, log: &Log) -> Self {
        Self { time: Duration::from_secs(seconds), end, log: log.clone() }
    }
}

#[task]
async fn work(store: &Job) -> CanoResult<&'static str> {
    let _guard = store.log.on_drop("let go");
    store.log.note("began");
    sleep(store.time).await;
    store.log.note("ended");
    match store.end {
        End::Succeed => Ok("done"),
        End::Fail => Err(CanoError::task_execution("as told")),
        End::Panic => panic!("as told"),
    }
}

pub(crate) fn workflow() -> ConcurrentWorkflow<&'static str, Job> {
    let mut workflow = ConcurrentWorkflow::new("work").with_name("Jobs");
    workflow.register("work", work {}).add_exit_state("done");
    workflow
}

pub(crate) fn at_most(limit: usize) -> NonZeroUsize {
    NonZeroUsize::new(limit).expect("a limit is not 0")
}

/// One letter a result: Success, Failed, Cancelled.
pub(crate) fn letters<E>(results: &[WorkflowResult<E>]) -> String {
    let letter = |result: &WorkflowResult<E>| match result {
        WorkflowResult::Success(_) => 'S',
        WorkflowResult::Failed(_) => 'F',
        WorkflowResult::Cancelled => 'C',
    };
    results.iter().map(letter).collect()
}
