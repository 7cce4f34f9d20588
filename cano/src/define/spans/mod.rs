//! The spans of a run, with the feature `tracing`; without it, nothing.

#[cfg(not(feature = "tracing"))]
mod off;
#[cfg(feature = "tracing")]
mod on;

#[cfg(not(feature = "tracing"))]
pub(crate) use self::off::{BatchSpan, GivenSpan, Spans};
#[cfg(feature = "tracing")]
pub(crate) use self::on::{BatchSpan, GivenSpan, Spans};
