use std::fmt;

/// The attempt that an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The state's name.
    pub state: &'a str,
    /// The task's name.
    pub task: &'a str,
    /// In a row with `each`, the item, counted from 0.
    pub item: Option<usize>,
    /// The number of the attempt of this task during this visit of its state, counted from 1. A node's fallback has the
    /// number of the attempt that failed last.
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
