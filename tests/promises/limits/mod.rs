//! Limits on what tasks call: how many at once, how many in a time, none while too many fail.

mod at_once;
mod behind;
mod circuit;
mod circuit_model;
mod circuit_waits;
mod concurrency;
mod engine;
mod line;
mod named;
mod own;
mod rate;
mod refusal;
mod schedules;
mod several;
mod threads;
mod twice;
