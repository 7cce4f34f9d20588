//! What tests of workflows need: a [`Recorder`] of what happened, [`assert_path!`](macro@crate::assert_path), the
//! [`Coverage`] of a table, faults of any task, by its name ([`FailAt`]), one [`step`] of a table alone.
//!
//! With the feature `testing`, which belongs among the `dev-dependencies`:
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
