//! `cano`.
