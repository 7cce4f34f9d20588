use std::{fmt, sync::Arc, time::Duration};

use super::Name;
use crate::define::counted::Counted;

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
        let made = Counted(*limit, "transition");
        write!(f, "workflow `{workflow}` made {made}, its limit, without reaching an exit; it was last in ")?;
        for (i, state) in states.iter().enumerate() {
            let comma = if i > 0 { ", " } else { "" };
            write!(f, "{comma}`{state}`")?;
        }
        Ok(())
    }
}
