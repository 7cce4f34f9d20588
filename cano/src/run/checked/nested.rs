//! The workflow of a table as a task of another.

use std::future::pending;

use super::{CheckedWorkflow, Nested, States};
use crate::{
    define::{
        cx::Cx,
        error::CanoError,
        retry::TaskConfig,
        step::{Slot, Step},
        task::BoxFuture,
    },
    run::{bounds::Bounds, drive::run, machine::Machine},
};

#[diagnostic::do_not_recommend]
impl<T: States> Slot for CheckedWorkflow<T> {
    type Instance = Self;
    type Outcome = T::Exit;
}

/// A workflow is a task: its outcome is its exit. A row that names it repeats nothing unless it says so.
impl<T: Nested, St: ?Sized> Step<St> for CheckedWorkflow<T> {
    type Store = T::Store;
    type Input<'a>
        = T::Input<'a>
    where
        Self: 'a;
    type Outcome = T::Exit;
    const UNDOES: bool = T::UNDOES || T::HOSTS;

    fn config(&self) -> TaskConfig {
        TaskConfig::minimal()
    }

    async fn call<'a>(
        &'a self,
        input: T::Input<'a>,
        store: &T::Store,
        cx: &Cx,
    ) -> Result<T::Exit, CanoError> {
        let start = T::enter(input);
        let mut options = cx.nested_options();
        let undoes = self.undoes();
        if undoes {
            options.run_id = Some(cx.nested_run_that_undoes());
            options.undo_timeout = cx.guests_undo_timeout();
        }
        let guest = if undoes { cx.guest() } else { None };
        if guest.is_some() {
            options.cancellation = Some(cx.cancellation());
        }
        let token = options.cancellation.clone();
        let bounds = Bounds::new(self.settings(), Some(options));
        // Boxed, so that the parent's future does not grow by the child's.
        let nested: BoxFuture<'_, _> = Box::pin(run(self, start, store, bounds, |end| end));
        match (nested.await, guest, token) {
            // It was told to end, and has undone what it did: now it may be dropped.
            (Err(error), Some(guest), Some(token)) if token.is_cancelled() => {
                guest.leave(error);
                pending().await
            }
            (end, ..) => end,
        }
    }
}
