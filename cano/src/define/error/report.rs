//! An error with its causes, for people.

use std::{error::Error, fmt};

/// `a: b: c`. A cause whose text the line above already is, is left out.
pub(super) fn one_line(error: &super::CanoError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{error}")?;
    causes(error).try_for_each(|cause| write!(f, ": {cause}"))
}

/// As `anyhow` and `eyre` print: the error, then a line for each cause.
pub(super) fn lines(error: &super::CanoError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{error}")?;
    let causes: Vec<_> = causes(error).collect();
    if !causes.is_empty() {
        f.write_str("\n\nCaused by:")?;
    }
    causes.iter().try_for_each(|cause| write!(f, "\n    {}", cause.replace('\n', "\n    ")))
}

fn causes(error: &super::CanoError) -> impl Iterator<Item = String> {
    let mut above = error.to_string();
    let causes = std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
    causes.filter_map(move |cause| {
        let text = cause.to_string();
        (text != above && !text.is_empty()).then(|| above.clone_from(&text)).map(|()| text)
    })
}
