//! How an error is printed: alone, or with its causes.

use std::{error::Error, fmt};

use super::CanoError;

impl fmt::Display for CanoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            return one_line(self, f);
        }
        match self {
            Self::Task(error) => error.fmt(f),
            Self::Panicked(error) => error.fmt(f),
            Self::AttemptTimeout(error) => error.fmt(f),
            Self::DeadlineExceeded(error) => error.fmt(f),
            Self::Cancelled(error) => error.fmt(f),
            Self::NotUndone(error) => error.fmt(f),
            Self::Invalid(error) => error.fmt(f),
            Self::UnregisteredState(error) => error.fmt(f),
            Self::TransitionLimit(error) => error.fmt(f),
            Self::CircuitOpen(error) => error.fmt(f),
            Self::UndoTimeout(error) => error.fmt(f),
        }
    }
}

impl fmt::Debug for CanoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return lines(self, f);
        }
        match self {
            Self::Task(error) => f.debug_tuple("Task").field(error).finish(),
            Self::Panicked(error) => f.debug_tuple("Panicked").field(error).finish(),
            Self::AttemptTimeout(error) => f.debug_tuple("AttemptTimeout").field(error).finish(),
            Self::DeadlineExceeded(error) => f.debug_tuple("DeadlineExceeded").field(error).finish(),
            Self::Cancelled(error) => f.debug_tuple("Cancelled").field(error).finish(),
            Self::NotUndone(error) => f.debug_tuple("NotUndone").field(error).finish(),
            Self::Invalid(error) => f.debug_tuple("Invalid").field(error).finish(),
            Self::UnregisteredState(error) => f.debug_tuple("UnregisteredState").field(error).finish(),
            Self::TransitionLimit(error) => f.debug_tuple("TransitionLimit").field(error).finish(),
            Self::CircuitOpen(error) => f.debug_tuple("CircuitOpen").field(error).finish(),
            Self::UndoTimeout(error) => f.debug_tuple("UndoTimeout").field(error).finish(),
        }
    }
}

/// `a: b: c`. A cause whose text the line above already is, is left out.
fn one_line(error: &CanoError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{error}")?;
    causes(error).try_for_each(|cause| write!(f, ": {cause}"))
}

/// As `anyhow` and `eyre` print: the error, then a line for each cause.
fn lines(error: &CanoError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{error}")?;
    let causes: Vec<_> = causes(error).collect();
    if !causes.is_empty() {
        f.write_str("\n\nCaused by:")?;
    }
    causes.iter().try_for_each(|cause| write!(f, "\n    {}", cause.replace('\n', "\n    ")))
}

fn causes(error: &CanoError) -> impl Iterator<Item = String> {
    let mut above = error.to_string();
    let causes = std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
    causes.filter_map(move |cause| {
        let text = cause.to_string();
        (text != above && !text.is_empty()).then(|| above.clone_from(&text)).map(|()| text)
    })
}
