//! The promises of `cano`: a module for each area, a test for each promise, whose name is the promise.

mod api;
mod concurrent;
mod errors;
mod limits;
mod log;
mod model;
mod observe;
mod retries;
mod runs;
mod schedule;
mod scripts;
mod tables;
