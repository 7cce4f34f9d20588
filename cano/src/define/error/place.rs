use std::fmt;

use super::Name;

/// Where in a run something happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub(crate) workflow: Name,
    pub(crate) state: Name,
    pub(crate) task: Name,
}

impl Place {
    /// The workflow's name.
    #[must_use]
    pub fn workflow(&self) -> &str {
        &self.workflow
    }

    /// The state's name.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state
    }

    /// The task's name.
    #[must_use]
    pub fn task(&self) -> &str {
        &self.task
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.state.is_empty() {
            return write!(f, "workflow `{}`", self.workflow);
        }
        write!(f, "workflow `{}`, state `{}`: task `{}`", self.workflow, self.state, self.task)
    }
}

/// The phase in which a node failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// `prep`, which reads what the work needs.
    Prep,
    /// `exec`, which does the work.
    Exec,
    /// `post`, which stores the result and returns the outcome.
    Post,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prep => "prep",
            Self::Exec => "exec",
            Self::Post => "post",
        })
    }
}
