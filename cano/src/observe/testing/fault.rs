//! Faults that a workflow or a run is given.

use std::borrow::Cow;

use super::FailAt;
use crate::{
    define::{
        error::{CanoError, IntoTaskError},
        event::{Attempt, Fault},
        options::RunOptions,
        workflow::Workflow,
    },
    run::{CheckedWorkflow, States},
};

/// Fails attempts of the task, or in the state, of this name.
struct Named<E> {
    of: Cow<'static, str>,
    fail_at: FailAt<E>,
}

impl<E: IntoTaskError> Fault for Named<E> {
    fn error(&self, attempt: &Attempt<'_>) -> Option<CanoError> {
        if self.of != attempt.state && self.of != attempt.task {
            return None;
        }
        self.fail_at.check().err().map(IntoTaskError::into_task_error)
    }
}

impl<T: States> CheckedWorkflow<T> {
    /// Makes attempts fail, as [`FailAt`] says, of the task with this name or in the state with this name, in every run
    /// and the runs nested in it.
    ///
    /// If several faults apply to an attempt, the first one counts. Needs the feature `testing`.
    pub fn with_fault<E>(mut self, of: impl Into<Cow<'static, str>>, fail_at: FailAt<E>) -> Self
    where
        E: IntoTaskError + 'static,
    {
        self.settings_mut().observers.add_fault(Named { of: of.into(), fail_at });
        self
    }
}

impl<S, Store: ?Sized> Workflow<S, Store> {
    /// As [`CheckedWorkflow::with_fault`].
    #[must_use]
    pub fn with_fault<E>(mut self, of: impl Into<Cow<'static, str>>, fail_at: FailAt<E>) -> Self
    where
        E: IntoTaskError + 'static,
    {
        self.settings.observers.add_fault(Named { of: of.into(), fail_at });
        self
    }
}

impl RunOptions {
    /// As [`CheckedWorkflow::with_fault`], for this run only.
    pub fn with_fault<E>(mut self, of: impl Into<Cow<'static, str>>, fail_at: FailAt<E>) -> Self
    where
        E: IntoTaskError + 'static,
    {
        self.observers.add_fault(Named { of: of.into(), fail_at });
        self
    }
}
