use std::{sync::LazyLock, time::Duration};

use tokio::time::Instant;

/// When a run began, in half the space of an [`Instant`]: nanoseconds since the process first asked, or before that by a
/// paused clock.
#[derive(Clone, Copy)]
pub(super) struct Began(i64);

impl Began {
    pub(super) fn now() -> Self {
        static FIRST: LazyLock<Instant> = LazyLock::new(Instant::now);
        let (first, now) = (*FIRST, Instant::now());
        let nanos = |span: Duration| i64::try_from(span.as_nanos()).unwrap_or(i64::MAX);
        Self(match now.checked_duration_since(first) {
            Some(after) => nanos(after),
            None => -nanos(first - now),
        })
    }

    pub(super) fn elapsed(self) -> Duration {
        Duration::from_nanos(Self::now().0.saturating_sub(self.0).try_into().unwrap_or_default())
    }
}
