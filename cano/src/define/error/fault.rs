use std::{fmt, sync::Arc};

use super::Name;

/// One thing that is wrong with the definition of a [`Workflow`](crate::Workflow).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The start state has no task and is no exit state.
    NoStartTask {
        /// The start state.
        state: String,
    },
    /// There is no exit state, so no run can end.
    NoExit,
    /// Two tasks were registered for one state; the later one counts.
    RegisteredTwice {
        /// The state.
        state: String,
    },
    /// An exit state has a task, which is never called.
    ExitWithTask {
        /// The state.
        state: String,
    },
    /// A state has an undo or a limit, but no task, so neither is ever used.
    NoTask {
        /// The state.
        state: String,
    },
    /// Any other fault, in words.
    Other(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoStartTask { state } => {
                write!(f, "the start state `{state}` has no task: register one, or add it as an exit state")
            }
            Self::NoExit => f.write_str("no exit state: add at least one with `add_exit_state`"),
            Self::RegisteredTwice { state } => write!(f, "state `{state}` is registered twice"),
            Self::ExitWithTask { state } => {
                write!(f, "exit state `{state}` has a task, which is never called: remove one of the two")
            }
            Self::NoTask { state } => {
                write!(
                    f,
                    "state `{state}` has an undo or a limit, but no task: register one, or correct the state"
                )
            }
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

/// An invalid definition, with all of its faults.
#[derive(Clone, Debug)]
pub struct InvalidWorkflow(Arc<(Option<Name>, Vec<Fault>)>);

impl InvalidWorkflow {
    pub(crate) fn new(workflow: Option<Name>, faults: Vec<Fault>) -> Self {
        Self(Arc::new((workflow, faults)))
    }

    /// The faults, at least one.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.0.1
    }
}

impl fmt::Display for InvalidWorkflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(workflow) = &self.0.0 {
            write!(f, "workflow `{workflow}` is not valid: ")?;
        }
        for (i, fault) in self.faults().iter().enumerate() {
            if i > 0 {
                f.write_str("; ")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}
