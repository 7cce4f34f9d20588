//! The workflow of a table as a machine.

use std::future::Future;

use super::{CheckedWorkflow, NO_SETTINGS, States};
use crate::{
    define::{
        cx::Cx,
        error::{CanoError, Name},
        names::Names,
        options::Settings,
        retry::TaskConfig,
        task::BoxFuture,
        undo::Undo,
    },
    run::machine::Machine,
};

impl<T: States> Machine for CheckedWorkflow<T> {
    type State = T;
    type Exit = T::Exit;
    type Store = T::Store;
    type Undo = T::Undo;

    fn drive(
        &self,
        start: T,
        store: &T::Store,
        cx: &Cx,
        done: &<T::Undo as Undo>::Journal,
    ) -> impl Future<Output = Result<T::Exit, CanoError>> + Send {
        T::drive(start, self, store, cx, done)
    }

    fn policy(&self, state: &T) -> Option<TaskConfig> {
        state.policy(&self.tasks)
    }

    fn catch(&self, state: T, error: CanoError) -> Result<T, CanoError> {
        state.catch(error)
    }

    fn undo<'a>(
        &'a self,
        step: &'a T::Undo,
        store: &'a T::Store,
        cx: &'a Cx,
    ) -> BoxFuture<'a, Result<(), CanoError>> {
        T::undo(self, step, store, cx)
    }

    fn undoes(&self) -> bool {
        T::UNDOES || T::HOSTS
    }

    fn hosts(&self) -> bool {
        T::HOSTS
    }

    fn undo_policy(&self, step: &T::Undo) -> TaskConfig {
        T::undo_policy(self, step)
    }

    fn state_index(&self, state: &T) -> u32 {
        state.index()
    }

    fn state_name(&self, state: &T) -> Name {
        self.names().state_name(state.index())
    }

    fn names(&self) -> Names {
        Names::Table(T::TABLE)
    }

    fn settings(&self) -> &Settings {
        self.settings.as_deref().unwrap_or(&NO_SETTINGS)
    }
}
