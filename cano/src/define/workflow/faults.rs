//! What can be wrong with a workflow.

use super::{Workflow, names::state_name};
use crate::define::{error::Fault, state::State};

impl<S: State, Store: ?Sized + Send + Sync + 'static> Workflow<S, Store> {
    /// All of it, in the order in which it is told.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let name = |index: usize| self.names.states[index].state.clone();
        let mut faults = Vec::new();
        let start = self.index.get(&self.start).map(|index| &self.entries[*index as usize]);
        if start.is_none_or(|entry| entry.task.is_none() && !entry.is_exit) {
            faults.push(Fault::NoStartTask { state: state_name(&self.start) });
        }
        if !self.entries.iter().any(|entry| entry.is_exit) {
            faults.push(Fault::NoExit);
        }
        for (index, entry) in self.entries.iter().enumerate() {
            if entry.registered > 1 {
                faults.push(Fault::RegisteredTwice { state: name(index) });
            }
            if entry.is_exit && entry.task.is_some() {
                faults.push(Fault::ExitWithTask { state: name(index) });
            }
            // Of the start state that is told already, unless it is an exit.
            let is_told = entry.state == self.start && !entry.is_exit;
            if entry.task.is_none() && (entry.undo.is_some() || entry.limit.is_some()) && !is_told {
                faults.push(Fault::NoTask { state: name(index) });
            }
        }
        faults
    }
}
