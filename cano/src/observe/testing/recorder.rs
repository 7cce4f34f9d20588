use std::{
    collections::VecDeque,
    fmt,
    num::NonZeroUsize,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::define::{
    event::{Event, EventKind, Observer},
    run_id::RunId,
};

/// An observer that remembers the events that it receives, for a test to look at. Clones share their memory.
///
/// The memory is bounded. When it is full, the oldest events are forgotten; [`forgotten`](Self::forgotten) says how
/// many.
///
/// ```
/// use cano::{prelude::*, testing::{Recorder, assert_path}};
///
/// #[task]
/// async fn double(n: u32) -> CanoResult<bool> { Ok(n * 2 > 10) }
///
/// workflow! {
///     enum Doubling {
///         #[start] Double { n: u32 } = match double(n) { true => Large, false => Small },
///         #[exit] Large,
///         #[exit] Small,
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> CanoResult<()> {
/// let recorder = Recorder::new();
/// let workflow = Doubling::workflow().with_observer(recorder.clone());
/// workflow.orchestrate_from(Doubling::Double { n: 7 }, &MemoryStore::new()).await?;
/// assert_path!(recorder, [Double, Large]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Recorder(Arc<Mutex<Memory>>);

#[derive(Debug)]
struct Memory {
    events: VecDeque<Recorded>,
    capacity: usize,
    forgotten: u64,
}

/// An event, as a [`Recorder`] remembers it. It prints as one line.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded {
    /// The workflow's name.
    pub workflow: String,
    /// The run, if the event is of one.
    pub run: Option<RunId>,
    /// When it happened.
    pub at: Instant,
    pub(super) what: What,
    line: String,
}

/// What the assertions ask for.
#[derive(Clone, Debug)]
pub(super) enum What {
    Started { is_nested: bool },
    Entered(String),
    Attempted { state: String, task: String },
    Other,
}

impl Recorder {
    /// A recorder that remembers 10,000 events.
    #[must_use]
    pub fn new() -> Self {
        Self::with_capacity(NonZeroUsize::new(10_000).expect("it is not 0"))
    }

    /// A recorder that remembers at most `capacity` events.
    #[must_use]
    pub fn with_capacity(capacity: NonZeroUsize) -> Self {
        let memory = Memory { events: VecDeque::new(), capacity: capacity.get(), forgotten: 0 };
        Self(Arc::new(Mutex::new(memory)))
    }

    /// The events that it remembers, in order.
    #[must_use]
    pub fn events(&self) -> Vec<Recorded> {
        self.memory().events.iter().cloned().collect()
    }

    /// How many events were forgotten.
    #[must_use]
    pub fn forgotten(&self) -> u64 {
        self.memory().forgotten
    }

    /// Forgets everything, like a new recorder.
    pub fn clear(&self) {
        let mut memory = self.memory();
        memory.forgotten = 0;
        // Not under the lock, since there may be many.
        let events = std::mem::take(&mut memory.events);
        drop(memory);
        drop(events);
    }

    /// The runs in the order in which they began, without those of nested workflows.
    #[must_use]
    pub fn runs(&self) -> Vec<RunId> {
        let memory = self.memory();
        let outermost =
            memory.events.iter().filter(|event| matches!(event.what, What::Started { is_nested: false }));
        outermost.filter_map(|event| event.run).collect()
    }

    /// The states that a run entered, in order.
    #[must_use]
    pub fn path(&self, run: RunId) -> Vec<String> {
        let memory = self.memory();
        let of_run = memory.events.iter().filter(|event| event.run == Some(run));
        of_run.filter_map(|event| event.entered().map(str::to_owned)).collect()
    }

    /// How many attempts there were, in all runs, of the task with this name or in the state with this name.
    #[must_use]
    pub fn attempts(&self, of: &str) -> usize {
        let is_of = |event: &&Recorded| matches!(&event.what, What::Attempted { state, task } if state == of || task == of);
        self.memory().events.iter().filter(is_of).count()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Recorder {
    fn default() -> Self {
        Self::new()
    }
}

impl Observer for Recorder {
    fn on_event(&self, event: &Event<'_>) {
        let recorded = Recorded {
            workflow: event.workflow.to_owned(),
            run: event.run,
            at: event.at,
            what: What::new(&event.kind),
            line: event.to_string(),
        };
        let mut memory = self.memory();
        if memory.events.len() == memory.capacity {
            memory.events.pop_front();
            memory.forgotten += 1;
        }
        memory.events.push_back(recorded);
    }
}

impl Recorded {
    /// The state that the run entered, if this is such an event.
    #[must_use]
    pub fn entered(&self) -> Option<&str> {
        match &self.what {
            What::Entered(state) => Some(state),
            _ => None,
        }
    }

    /// The time from this event to `later`.
    #[must_use]
    pub fn until(&self, later: &Self) -> Duration {
        later.at.duration_since(self.at)
    }
}

impl fmt::Display for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

impl What {
    fn new(kind: &EventKind<'_>) -> Self {
        match *kind {
            EventKind::RunStarted { parent, .. } => Self::Started { is_nested: parent.is_some() },
            EventKind::StateEntered { state, .. } => Self::Entered(state.to_owned()),
            EventKind::AttemptStarted { attempt, .. } => {
                Self::Attempted { state: attempt.state.to_owned(), task: attempt.task.to_owned() }
            }
            _ => Self::Other,
        }
    }
}
