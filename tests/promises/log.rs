//! What the tasks of a test did.

use std::{
    fmt::{self, Display},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use tokio::time::Instant;

/// What happened, in order, and when on the paused clock. Clones share it, and it serves as the store of a workflow.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    began: Instant,
    lines: Arc<Mutex<Vec<(Duration, String)>>>,
}

impl Log {
    pub(crate) fn new() -> Self {
        Self { began: Instant::now(), lines: Arc::default() }
    }

    /// Notes a line; how many lines there are now.
    pub(crate) fn note(&self, line: impl Display) -> usize {
        let mut lines = self.held();
        lines.push((self.began.elapsed(), line.to_string()));
        lines.len()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.held().iter().map(|(_, line)| line.clone()).collect()
    }

    /// How often the line was noted.
    pub(crate) fn count(&self, line: &str) -> usize {
        self.lines().iter().filter(|noted| *noted == line).count()
    }

    /// When each line was noted.
    pub(crate) fn times(&self) -> Vec<Duration> {
        self.held().iter().map(|(at, _)| *at).collect()
    }

    /// How much time passed between two lines.
    pub(crate) fn gaps(&self) -> Vec<Duration> {
        self.times().windows(2).map(|pair| pair[1] - pair[0]).collect()
    }

    fn held(&self) -> MutexGuard<'_, Vec<(Duration, String)>> {
        self.lines.lock().expect("nothing panics under this lock")
    }

    /// Notes the line when it is dropped.
    pub(crate) fn on_drop(&self, line: &'static str) -> OnDrop {
        OnDrop(self.clone(), line)
    }
}

/// Of [`Log::on_drop`].
pub(crate) struct OnDrop(Log, &'static str);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.note(self.1);
    }
}

/// A failure with a number, so that a test can tell which one it got.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Busy(pub(crate) usize);

impl Display for Busy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "busy {}", self.0)
    }
}

impl std::error::Error for Busy {}
