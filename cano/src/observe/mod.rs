//! Who listens to what happens.

#[cfg(feature = "metrics")]
pub(crate) mod metrics;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "tracing")]
mod tracing_span;
