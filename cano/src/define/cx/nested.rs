//! What a run below this attempt begins with: a workflow that is a task of another.

use std::sync::atomic::Ordering::Relaxed;

use super::Cx;
use crate::define::{options::RunOptions, run_id::RunId};

impl Cx {
    /// The options of a run that is the task of this attempt.
    pub(crate) fn nested_options(&self) -> RunOptions {
        let options = RunOptions {
            run_id: Some(self.nested_run()),
            attempt_token: self.token_if_any(),
            ..RunOptions::default()
        };
        match self.watch() {
            None => options,
            Some(watch) => {
                let (observers, parent, span) = watch.handed_on();
                RunOptions { observers, parent: Some(parent), span, ..options }
            }
        }
    }

    /// The run of a workflow that is the task of this attempt: the same one on every attempt, so that its tasks'
    /// idempotency keys are the same too.
    fn nested_run(&self) -> RunId {
        let run = self.run.nested(self.state_index(), self.visit.load(Relaxed), self.task);
        if self.item == Self::NO_ITEM { run } else { run.nested(self.item, 0, 0) }
    }

    /// The same of a workflow that undoes what it did when it fails: another one on each attempt, because what was
    /// done under the keys of an earlier one has been undone.
    pub(crate) fn nested_run_that_undoes(&self) -> RunId {
        let run = self.nested_run();
        if self.attempt() == 1 { run } else { run.nested(self.attempt(), 0, 0) }
    }
}
