//! How a run begins, goes on and ends.

mod again;
mod bad_input;
mod cancelled;
mod cycles;
mod dropped;
mod dropped_twice;
mod ends;
mod in_combination;
mod limits;
mod panics;
mod panics_beside_undos;
mod timeouts;
mod timeouts_of_rows;
mod undone;
mod undone_in_time;
mod undone_within;
mod validity;
