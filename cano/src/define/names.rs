use std::{borrow::Cow, sync::Arc};

use crate::define::{
    error::Name,
    table::{StateKind, Table, TransitionKind},
};

/// The names of a workflow, of its states and of their tasks, by the state's index.
#[derive(Clone)]
#[doc(hidden)]
pub enum Names {
    /// No workflow.
    None,
    Table(&'static Table),
    Workflow(Arc<WorkflowNames>),
}

/// Those of a [`Workflow`](crate::Workflow).
#[derive(Clone, Debug, Default)]
#[doc(hidden)]
pub struct WorkflowNames {
    pub(crate) workflow: Cow<'static, str>,
    pub(crate) states: Vec<StateNames>,
}

/// Those of one state.
#[derive(Clone, Debug, Default)]
pub(crate) struct StateNames {
    pub(crate) state: String,
    pub(crate) task: String,
    pub(crate) undo: String,
    pub(crate) is_exit: bool,
}

impl Names {
    /// The index before the first state is entered.
    pub(crate) const NO_STATE: u32 = u32::MAX;
    /// The number of a task that undoes another.
    pub(crate) const UNDO: u8 = u8::MAX;

    pub(crate) fn workflow(&self) -> &str {
        match self {
            Self::None => "",
            Self::Table(table) => table.name(),
            Self::Workflow(names) => &names.workflow,
        }
    }

    pub(crate) fn state(&self, index: u32) -> &str {
        match self {
            Self::None => "",
            Self::Table(table) => table.state_at(index).map_or("", |state| state.name()),
            Self::Workflow(names) => names.states.get(index as usize).map_or("", |names| &names.state),
        }
    }

    pub(crate) fn task(&self, index: u32, task: u8) -> &str {
        match self {
            Self::None => "",
            Self::Table(table) => task_of(table, index, task),
            Self::Workflow(names) => names.states.get(index as usize).map_or("", |names| match task {
                Self::UNDO => &*names.undo,
                _ => &*names.task,
            }),
        }
    }

    /// All the tasks of a state.
    pub(crate) fn tasks(&self, index: u32) -> Name {
        match self {
            Self::Table(table) => {
                Name::Owned(table.state_at(index).map_or(String::new(), |state| state.tasks().join(", ")))
            }
            Self::None | Self::Workflow(_) => self.task_name(index, 0),
        }
    }

    pub(crate) fn is_exit(&self, index: u32) -> bool {
        match self {
            Self::None => false,
            Self::Table(table) => {
                table.state_at(index).is_some_and(|state| matches!(state.kind(), StateKind::Exit))
            }
            Self::Workflow(names) => names.states.get(index as usize).is_some_and(|names| names.is_exit),
        }
    }

    /// The pattern of the one transition between two states, if there is just one.
    pub(crate) fn outcome(&self, from: u32, to: &str, is_caught: bool) -> Option<&'static str> {
        let Self::Table(table) = self else { return None };
        let kind = if is_caught { TransitionKind::Catch } else { TransitionKind::Outcome };
        let ways = table.state_at(from)?.transitions();
        let mut fitting = ways.iter().filter(|way| way.to() == to && way.kind() == kind);
        let way = fitting.next()?;
        fitting.next().is_none().then_some(way.on()).filter(|on| !on.is_empty())
    }

    pub(crate) fn workflow_name(&self) -> Name {
        match self {
            Self::Table(table) => Name::Borrowed(table.name()),
            Self::None | Self::Workflow(_) => Name::Owned(self.workflow().to_owned()),
        }
    }

    pub(crate) fn state_name(&self, index: u32) -> Name {
        match self {
            Self::Table(table) => Name::Borrowed(table.state_at(index).map_or("", |state| state.name())),
            Self::None | Self::Workflow(_) => Name::Owned(self.state(index).to_owned()),
        }
    }

    pub(crate) fn task_name(&self, index: u32, task: u8) -> Name {
        match self {
            Self::Table(table) => Name::Borrowed(task_of(table, index, task)),
            Self::None | Self::Workflow(_) => Name::Owned(self.task(index, task).to_owned()),
        }
    }
}

/// The task of this number of a state of a table.
fn task_of(table: &Table, index: u32, task: u8) -> &'static str {
    let name = table.state_at(index).and_then(|state| match task {
        Names::UNDO => state.undo(),
        task => state.tasks().get(task as usize).copied(),
    });
    name.unwrap_or_default()
}
