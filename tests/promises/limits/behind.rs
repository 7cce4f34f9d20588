//! A task behind a limit, as the engine puts it there.

use cano::{
    __private::{Attempts, limited},
    limit::Limit,
    prelude::*,
};
use tokio::time::sleep;

use crate::log::{Busy, Log};

/// Any task of the builder, behind a limit.
pub(super) struct Behind<L, T>(pub(super) L, pub(super) T);

#[async_trait]
impl<L: Limit, T: Task<u8, Log>> Task<u8, Log> for Behind<L, T> {
    fn config(&self) -> TaskConfig {
        self.1.config()
    }

    async fn run(&self, _: &Log) -> Result<u8, CanoError> {
        unreachable!("the engine calls `attempts`")
    }

    fn attempts<'a>(&'a self, store: &'a Log, cx: &'a Cx) -> Attempts<'a, u8> {
        Attempts::of(move || async move { limited!(self.0, cx, self.1.attempts(store, cx).await) })
    }
}

/// Takes a second, then fails so many times before it succeeds; it has five retries, each after a second.
pub(super) struct Work {
    pub(super) failures: usize,
}

#[async_trait]
impl Task<u8, Log> for Work {
    fn config(&self) -> TaskConfig {
        TaskConfig::with_fixed_retry(5, Duration::from_secs(1))
    }

    async fn run(&self, store: &Log) -> Result<u8, CanoError> {
        store.note("began");
        let _ended = store.on_drop("let go");
        sleep(Duration::from_secs(1)).await;
        let made = store.count("began");
        if made <= self.failures { Err(CanoError::task_execution(Busy(made))) } else { Ok(1) }
    }
}

/// A workflow of one task.
pub(super) fn only(task: impl Task<u8, Log> + 'static) -> Workflow<u8, Log> {
    let mut workflow = Workflow::new(0).with_name("Pay");
    workflow.register(0, task).add_exit_state(1);
    workflow
}
