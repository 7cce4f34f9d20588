//! How a run begins, goes on and ends: SEMANTICS §2.1, §2.7, §2.9 to §2.11.

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
mod timeouts;
mod timeouts_of_rows;
mod undone;
mod undone_in_time;
mod undone_within;
mod validity;
