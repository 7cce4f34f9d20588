//! When a task is attempted again.

mod attempts;
mod delays;
mod fallible;
mod fallible_elsewhere;
mod fallible_in_time;
mod keys;
mod permanent;
mod policies;
mod rows;
mod visits;
