//! The log of a run.

mod closed;
mod cost;
mod log;
mod spans;

use std::{
    io,
    sync::{Arc, LazyLock, Mutex},
};

use tracing::{
    Dispatch,
    subscriber::{DefaultGuard, NoSubscriber},
};
use tracing_subscriber::{
    EnvFilter,
    fmt::{MakeWriter, format::FmtSpan},
};

/// With a single subscriber, `tracing` asks that of the thread which first comes to an event whether anybody wants it;
/// that may be a test without one, and the event would be lost to all.
static SECOND: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::default()));

/// What a subscriber wrote.
#[derive(Clone, Default)]
pub(crate) struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    /// The lines of this thread from now on, without time and colours.
    pub(crate) fn begin(filter: &str) -> (Self, DefaultGuard) {
        Self::with(filter, FmtSpan::NONE)
    }

    /// The same, and a line for each span that ends.
    pub(crate) fn closing(filter: &str) -> (Self, DefaultGuard) {
        Self::with(filter, FmtSpan::CLOSE)
    }

    fn with(filter: &str, spans: FmtSpan) -> (Self, DefaultGuard) {
        LazyLock::force(&SECOND);
        let written = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::new(filter))
            .with_writer(written.clone())
            .with_span_events(spans)
            .with_ansi(false)
            .with_target(false)
            .without_time()
            .finish();
        (written, tracing::subscriber::set_default(subscriber))
    }

    /// All of it.
    pub(crate) fn whole(&self) -> String {
        let bytes = self.0.lock().expect("nothing panics under this lock").clone();
        String::from_utf8(bytes).expect("a log is text")
    }

    /// The same without a run's id, which no two have.
    pub(crate) fn text(&self) -> String {
        let text = self.whole();
        let lines = text.lines().map(|line| {
            let words: Vec<_> = line.trim().split(' ').filter(|word| !word.starts_with("run_id=")).collect();
            words.join(" ") + "\n"
        });
        lines.collect()
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.text().lines().map(str::to_owned).collect()
    }
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nothing panics under this lock").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Written {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Compares the whole log.
#[track_caller]
pub(crate) fn assert_log(written: &Written, expected: &str) {
    let expected: String = expected.lines().map(|line| line.trim().to_owned() + "\n").skip(1).collect();
    let expected = expected.trim_end();
    let is_on_the_wall = expected.contains("slot=..");
    let line = |line: &str| if is_on_the_wall { without_slot(line) } else { line.to_owned() };
    let text: String = written.text().lines().map(|written| line(written) + "\n").collect();
    assert!(text.trim_end() == expected, "the log is\n{text}\nexpected was\n{expected}");
}

/// For a scheduler whose clock is that on the wall: no test knows its slots.
fn without_slot(line: &str) -> String {
    let words = line.split(' ').map(|word| if word.starts_with("slot=") { "slot=.." } else { word });
    words.collect::<Vec<_>>().join(" ")
}
