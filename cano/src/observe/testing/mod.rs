//! Helpers for tests of workflows.
//!
//! - A [`Recorder`] remembers the events of runs, and [`assert_path!`](macro@crate::assert_path) asserts which states a
//!   run went through.
//! - [`Coverage`] shows which transitions of a table the tests have not taken.
//! - [`FailAt`] makes attempts of any task fail, by the name of the task.
//! - [`step`] runs a single state of a table.
//!
//! Needs the feature `testing`, which belongs among the `dev-dependencies`:
//!
//! ```toml
//! [dev-dependencies]
//! cano = { version = "..", features = ["testing"] }
//! tokio = { version = "1", features = ["macros", "test-util"] }
//! ```
//!
//! Delays between attempts, timeouts, deadlines and schedules go by tokio's clock. Under
//! `#[tokio::test(start_paused = true)]` that jumps to the next of them as soon as there is nothing else to do, so a
//! test of an hour, or of a year of slots, takes milliseconds.
//!
//! A limit in a `static` is shared by all tests of a program, each of which may have a paused clock of its own. A circuit
//! that one test opened is open in the others, too: [`reset`](crate::limit::CircuitBreaker::reset) it at the start, run
//! such tests one after the other, or make the service fail by a [`FailAt`], which does not ask the limits.

mod coverage;
mod fail;
mod fault;
mod path;
mod recorder;
mod step;

pub use self::{
    coverage::{Coverage, Missed},
    fail::{FailAt, Injected},
    recorder::{Recorded, Recorder},
    step::{Stepped, step},
};
#[doc(inline)]
pub use crate::assert_path;

#[doc(hidden)]
pub use self::path::assert_path;
