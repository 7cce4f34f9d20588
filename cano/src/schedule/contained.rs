//! A panic of what users gave: it harms nobody else.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use crate::define::error::{CanoError, Panicked, Place, Stop};

/// Calls what may panic.
pub(super) fn contained<T>(users: impl FnOnce() -> T) -> Result<T, CanoError> {
    catch_unwind(AssertUnwindSafe(users)).map_err(|payload| {
        let place = Place { workflow: "".into(), state: "".into(), task: "".into() };
        let stop = Stop { place, attempt: 1, elapsed: Duration::ZERO };
        CanoError::Panicked(Panicked::new(stop, payload))
    })
}

/// Drops what may panic, which is none of the caller's business.
pub(super) fn drop_contained<T>(users: T) {
    let _ = contained(|| drop(users));
}
