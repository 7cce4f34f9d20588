use std::fmt;

/// Which attempt an event is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The state's name.
    pub state: &'a str,
    /// The task's name.
    pub task: &'a str,
    /// Which item of an `each`, counted from 0.
    pub item: Option<usize>,
    /// Which attempt of this task in this visit of its state, counted from 1. A node's fallback has the number of the
    /// attempt that failed last.
    pub number: u32,
}

impl fmt::Display for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "state `{}`: task `{}`", self.state, self.task)?;
        if let Some(item) = self.item {
            write!(f, "[{item}]")?;
        }
        write!(f, ", attempt {}", self.number)
    }
}
