//! Tests of the public promises of `cano`: `promises/` holds a module for each area.

/// The README's code compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
