//! The macros of `cano`.
