//! Without the feature `tracing` there is no log.

use crate::define::event::Event;

pub(super) fn is_wanted() -> bool {
    false
}

pub(super) fn log(_: &Event<'_>) {}
