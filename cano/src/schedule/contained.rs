//! A panic of what users gave: it harms nobody else.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use crate::define::error::{CanoError, Panicked, Stop};

/// Calls what may panic.
pub(super) fn contained<T>(users: impl FnOnce() -> T) -> Result<T, CanoError> {
    catch_unwind(AssertUnwindSafe(users))
        .map_err(|payload| CanoError::Panicked(Panicked::new(Stop::of("", Duration::ZERO), payload)))
}

/// Drops what may panic, which is none of the caller's business.
pub(super) fn drop_contained<T>(users: T) {
    let _ = contained(|| drop(users));
}
