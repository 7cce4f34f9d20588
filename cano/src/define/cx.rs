//! What a task may know of the attempt that it is.

mod aside;
mod asked;
mod guests;
mod nested;
mod noted;
mod parts;
mod timer;
mod watched;

use std::{
    fmt,
    sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use self::aside::Aside;
#[cfg(feature = "tracing")]
pub use self::watched::enter_phase;
pub(crate) use self::{guests::Guest, timer::Timer};
use crate::define::{
    error::{Name, Place, Stop},
    names::Names,
    run_id::RunId,
};

/// The context of an attempt: which run, state and task it belongs to. A `#[task]` or `#[node]` gets it by a parameter
/// `cx: &Cx`.
///
/// ```
/// use cano::prelude::*;
///
/// #[task(retry = fixed(3, "10ms"))]
/// async fn charge(amount: &u64, cx: &Cx) -> Result<String, BoxError> {
///     // The same on every attempt, so that the bank charges once.
///     Ok(format!("charged {amount} under {}", cx.idempotency_key()))
/// }
/// ```
pub struct Cx {
    run: RunId,
    names: Names,
    began: Instant,
    // Only the run's own loop writes these, between two polls of the task that reads them: `Relaxed` is enough, and
    // costs what a plain field costs.
    state: AtomicU32,
    attempt: AtomicU32,
    visit: AtomicU64,
    /// Which item of an `each`, counted from 0.
    item: u32,
    /// Which task of a state that runs several at once.
    task: u8,
    /// What the attempt yields is the last, also an error.
    is_settled: AtomicBool,
    /// The row sees to the timeout of the attempt.
    is_timed: AtomicBool,
    /// The attempt waits for a limit, so it has not begun.
    is_in_line: AtomicBool,
    aside: Aside,
}

impl Cx {
    const NO_ITEM: u32 = u32::MAX;

    #[inline]
    pub(crate) fn new(run: RunId, names: Names) -> Self {
        Self {
            run,
            names,
            began: Instant::now(),
            state: AtomicU32::new(Names::NO_STATE),
            attempt: AtomicU32::new(1),
            visit: AtomicU64::new(0),
            item: Self::NO_ITEM,
            task: 0,
            is_settled: AtomicBool::new(false),
            is_timed: AtomicBool::new(false),
            is_in_line: AtomicBool::new(false),
            aside: Aside::default(),
        }
    }

    /// A context for calling a task outside of any run, as in a unit test. Its run has an id, but no workflow.
    ///
    /// ```
    /// use cano::Cx;
    ///
    /// assert_eq!(Cx::detached().attempt(), 1);
    /// ```
    #[must_use]
    pub fn detached() -> Self {
        Self::new(RunId::next(), Names::None)
    }

    /// The id of the run.
    #[must_use]
    pub fn run_id(&self) -> RunId {
        self.run
    }

    /// The workflow's name.
    #[must_use]
    pub fn workflow(&self) -> &str {
        self.names.workflow()
    }

    /// The state's name.
    #[must_use]
    pub fn state(&self) -> &str {
        self.names.state(self.state_index())
    }

    /// The task's name.
    #[must_use]
    pub fn task(&self) -> &str {
        self.names.task(self.state_index(), self.task)
    }

    /// Which attempt this is, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.attempt.load(Relaxed)
    }

    /// In a row with `each`, the item that this attempt is for, counted from 0.
    #[must_use]
    pub fn item(&self) -> Option<usize> {
        (self.item != Self::NO_ITEM).then_some(self.item as usize)
    }

    /// A token that is cancelled when this attempt is ended before it is done: by its timeout, by the run's
    /// cancellation or deadline, or because the run was dropped. At the latest it is cancelled when the run ends.
    ///
    /// The future of an attempt that is ended is dropped at its next `.await`. So a task needs the token only for work
    /// that would go on without that future: a thread, a spawned task, a loop that never awaits.
    ///
    /// ```
    /// use cano::prelude::*;
    ///
    /// #[task(retry = fixed(3, "1s"))]
    /// async fn resize(image: &Vec<u8>, cx: &Cx) -> Result<usize, BoxError> {
    ///     let (image, token) = (image.clone(), cx.cancellation());
    ///     let rows = move || image.chunks(64).take_while(|_| !token.is_cancelled()).count();
    ///     Ok(tokio::task::spawn_blocking(rows).await?)
    /// }
    /// ```
    #[must_use]
    pub fn cancellation(&self) -> CancellationToken {
        // A child: what the task does to it, as by a `drop_guard()`, is the task's own affair.
        self.aside.token().child_token()
    }

    /// A key that is the same for every attempt of this task during one visit of its state, and differs from every
    /// other key. A service that takes such a key does a thing only once, however often it is asked.
    ///
    /// It is made of the id of the run, the state, and the number of the transition that entered it; if the state runs
    /// several tasks, also of the task's place among them, and with `each` of the item. The key of an undo is the key
    /// of the step that it undoes, followed by `-undo`.
    #[must_use]
    pub fn idempotency_key(&self) -> String {
        let (run, state, visit) = (self.run, self.state(), self.visit.load(Relaxed));
        let task = match self.task {
            0 => String::new(),
            Names::UNDO => "-undo".to_owned(),
            n => format!("-{n}"),
        };
        let item = self.item().map(|item| format!("-item{item}")).unwrap_or_default();
        format!("{run}-{state}-{visit}{task}{item}")
    }

    pub(crate) fn place(&self) -> Place {
        let state = self.state_index();
        let task = self.names.task_name(state, self.task);
        let task = match self.item() {
            Some(item) => Name::Owned(format!("{task}[{item}]")),
            None => task,
        };
        Place { workflow: self.names.workflow_name(), state: self.names.state_name(state), task }
    }

    /// The same for all the tasks of the row.
    pub(crate) fn row_place(&self) -> Place {
        Place { task: self.names.tasks(self.state_index()), ..self.place() }
    }

    /// Where the run stands now, for an error that ends it.
    pub(crate) fn stop(&self) -> Stop {
        Stop { place: self.place(), attempt: self.attempt(), elapsed: self.elapsed() }
    }

    /// How long the run has taken.
    pub(crate) fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }

    pub(crate) fn here(&self) -> (u32, u64) {
        (self.state_index(), self.visit.load(Relaxed))
    }

    fn state_index(&self) -> u32 {
        self.state.load(Relaxed)
    }
}

impl fmt::Debug for Cx {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cx")
            .field("run_id", &self.run)
            .field("workflow", &self.workflow())
            .field("state", &self.state())
            .field("task", &self.task())
            .field("attempt", &self.attempt())
            .finish_non_exhaustive()
    }
}
