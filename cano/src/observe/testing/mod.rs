//! What tests of workflows need: a [`Recorder`] of what happened, [`assert_path!`](macro@crate::assert_path), the
//! [`Coverage`] of a table, faults of any task, by its name ([`FailAt`]), one [`step`] of a table alone.
//!
//! With the feature `testing`, which belongs among the `dev-dependencies`:
//!
//! ```toml
//! [dev-dependencies]
//! cano = { version = "..", features = ["testing"] }
//! ```

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
