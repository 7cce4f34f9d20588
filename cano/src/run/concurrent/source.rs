use std::{borrow::Borrow, iter::Enumerate, sync::Arc};

use tokio::runtime::Handle;

use super::{
    ends::{Ends, RunTask},
    tasks::Tasks,
};
use crate::{
    define::{options::RunOptions, spans::BatchSpan},
    run::{bounds::Bounds, drive::run, machine::Machine},
};

/// What one run begins with.
pub(super) type Input<M, St> = (<M as Machine>::State, St);

/// What several runs come from.
pub(super) struct Source<M: Machine, St> {
    workflow: Arc<M>,
    /// `None` when all were started: what they were kept in is free then.
    inputs: Option<Enumerate<Inputs<M, St>>>,
    /// For each run, if they are observed or may have to be cancelled.
    options: Option<RunOptions>,
    span: BatchSpan,
}

type Inputs<M, St> = Box<dyn ExactSizeIterator<Item = Input<M, St>> + Send>;

/// The same, of whatever workflow.
pub(super) trait Start<E>: Send {
    /// Starts so many more runs, each in a task of its own, or as many as are left to start. They tell `ends`.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    fn start(&mut self, count: usize, tasks: &mut Tasks, ends: &Arc<Ends<E>>);
}

impl<M: Machine, St> Source<M, St> {
    pub(super) fn new(
        workflow: Arc<M>,
        inputs: Inputs<M, St>,
        options: Option<RunOptions>,
        span: BatchSpan,
    ) -> Self {
        Self { workflow, inputs: Some(inputs.enumerate()), options, span }
    }
}

impl<M, St> Start<M::Exit> for Source<M, St>
where
    M: Machine<State: Send + 'static, Exit: Send + 'static> + 'static,
    St: Borrow<M::Store> + Send + Sync + 'static,
{
    fn start(&mut self, count: usize, tasks: &mut Tasks, ends: &Arc<Ends<M::Exit>>) {
        let Some(inputs) = &mut self.inputs else { return };
        if tasks.len() == 0 {
            tasks.reserve(inputs.len());
        }
        // A task is copied less often on its way to a runtime that is known.
        let (runtime, workflow) = (Handle::current(), &self.workflow);
        for (number, (state, store)) in inputs.by_ref().take(count) {
            let options = self.options.as_ref().map(|options| RunOptions {
                span: self.span.run(number, workflow.names().workflow()),
                index: Some(number),
                ..options.clone()
            });
            let bounds = Bounds::new(workflow.settings(), options);
            let run = run(Arc::clone(workflow), state, store, bounds, |end| end);
            tasks.push(runtime.spawn(RunTask::new(run, number, ends)));
        }
        if inputs.len() == 0 {
            self.inputs = None;
        }
    }
}
