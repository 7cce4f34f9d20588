//! The spans of a run; for now there are none.

mod off;

pub(crate) use self::off::{BatchSpan, GivenSpan, Spans};
