use std::{fmt, sync::Arc};

use super::Name;

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
