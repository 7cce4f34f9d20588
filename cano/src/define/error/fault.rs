use std::{fmt, sync::Arc, time::Duration};

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

/// A run reached a state that nobody registered.
#[derive(Clone, Debug)]
pub struct UnregisteredState(Arc<Unregistered>);

#[derive(Debug)]
struct Unregistered {
    workflow: Name,
    state: String,
    from: Option<Name>,
}

impl UnregisteredState {
    pub(crate) fn new(workflow: Name, state: String, from: Option<Name>) -> Self {
        Self(Arc::new(Unregistered { workflow, state, from }))
    }

    /// The workflow's name.
    #[must_use]
    pub fn workflow(&self) -> &str {
        &self.0.workflow
    }

    /// The state that is not registered.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.0.state
    }

    /// The state that led to it; `None` where the run began in it.
    #[must_use]
    pub fn from(&self) -> Option<&str> {
        self.0.from.as_deref()
    }
}

impl fmt::Display for UnregisteredState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unregistered { workflow, state, from } = &*self.0;
        write!(f, "workflow `{workflow}`: ")?;
        match from {
            Some(from) => write!(f, "state `{from}` led to `{state}`, which is not registered")?,
            None => write!(f, "the run began in `{state}`, which is not registered")?,
        }
        f.write_str(": register a task for it, or add it as an exit state")
    }
}

/// A run made as many transitions as it may, and was ended.
#[derive(Clone, Debug)]
pub struct TransitionLimit(Arc<Limit>);

#[derive(Debug)]
struct Limit {
    workflow: Name,
    limit: u64,
    states: Vec<Name>,
    elapsed: Duration,
}

impl TransitionLimit {
    pub(crate) fn new(workflow: Name, limit: u64, states: Vec<Name>, elapsed: Duration) -> Self {
        Self(Arc::new(Limit { workflow, limit, states, elapsed }))
    }

    /// The workflow's name.
    #[must_use]
    pub fn workflow(&self) -> &str {
        &self.0.workflow
    }

    /// How many transitions a run may make; this one made as many.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.0.limit
    }

    /// How long the run had taken.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// The states that the run moved between last, each once, in the order of their visits.
    pub fn states(&self) -> impl Iterator<Item = &str> {
        self.0.states.iter().map(|state| &**state)
    }
}

impl fmt::Display for TransitionLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Limit { workflow, limit, states, .. } = &*self.0;
        let transitions = if *limit == 1 { "transition" } else { "transitions" };
        write!(
            f,
            "workflow `{workflow}` made {limit} {transitions}, its limit, without reaching an exit; it was last in "
        )?;
        for (i, state) in states.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            write!(f, "{comma}`{state}`")?;
        }
        Ok(())
    }
}
