//! What a task may know of the attempt that it is.

mod names;
mod run_id;
mod stash;

use std::{
    fmt,
    sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering::Relaxed},
};

pub use self::names::{Names, WorkflowNames};
pub use self::run_id::RunId;
use self::stash::Stash;
use crate::define::error::{CanoError, Place};

/// What a task may know of the attempt that it is: a parameter `cx: &Cx` of a `#[task]` or `#[node]`.
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
    // Only the run's own loop writes these, between two polls of the task that reads them: `Relaxed` is enough, and
    // costs what a plain field costs.
    state: AtomicU32,
    attempt: AtomicU32,
    visit: AtomicU64,
    /// Which task of a state that runs several at once.
    task: u32,
    /// Which of them is being polled, for a panic to name it.
    polled: AtomicU32,
    settled: AtomicBool,
    stash: Stash,
}

impl Cx {
    pub(crate) fn new(run: RunId, names: Names) -> Self {
        Self {
            run,
            names,
            state: AtomicU32::new(Names::NO_STATE),
            attempt: AtomicU32::new(1),
            visit: AtomicU64::new(0),
            task: 0,
            polled: AtomicU32::new(0),
            settled: AtomicBool::new(false),
            stash: Stash::default(),
        }
    }

    /// For a task that is called outside of any run, as in a unit test: a run of its own, which has no workflow.
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

    /// For task number `task` of the current state, which runs several at once: it has its own attempts.
    #[doc(hidden)]
    #[must_use]
    pub fn branch(&self, task: u32) -> Self {
        Self {
            run: self.run,
            names: self.names.clone(),
            state: AtomicU32::new(self.state.load(Relaxed)),
            attempt: AtomicU32::new(1),
            visit: AtomicU64::new(self.visit.load(Relaxed)),
            task,
            polled: AtomicU32::new(task),
            settled: AtomicBool::new(false),
            stash: Stash::default(),
        }
    }

    /// The run.
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

    /// A text that is the same for every attempt of this task in this visit of its state, and for nothing else: what
    /// a bank or a mailer takes to do a thing once.
    ///
    /// It is made of the run, the state, the number of the transition that entered it, and the task's place where
    /// the state runs several.
    #[must_use]
    pub fn idempotency_key(&self) -> String {
        let (run, state, visit) = (self.run, self.state(), self.visit.load(Relaxed));
        match self.task {
            0 => format!("{run}-{state}-{visit}"),
            n => format!("{run}-{state}-{visit}-{n}"),
        }
    }

    /// Notes that the run stands in the state of this index. It is the first thing that a step does.
    #[doc(hidden)]
    #[inline]
    pub fn enter(&self, state: u32) {
        self.state.store(state, Relaxed);
    }

    /// Notes that the run made a transition, its `visit`th.
    #[inline]
    pub(crate) fn moved(&self, visit: u64) {
        self.visit.store(visit, Relaxed);
        self.attempt.store(1, Relaxed);
    }

    /// Notes which of several tasks is polled next; 0 when none is.
    pub(crate) fn polls(&self, task: u32) {
        self.polled.store(task, Relaxed);
    }

    pub(crate) fn next_attempt(&self) {
        self.attempt.store(self.attempt().saturating_add(1), Relaxed);
    }

    /// The run of a workflow that is the task of this attempt: the same one on every attempt, so that its tasks'
    /// idempotency keys are the same too.
    pub(crate) fn nested_run(&self) -> RunId {
        self.run.nested(self.state_index(), self.visit.load(Relaxed), self.task)
    }

    pub(crate) fn place(&self) -> Place {
        let state = self.state_index();
        Place {
            workflow: self.names.workflow_name(),
            state: self.names.state_name(state),
            task: self.names.task_name(state, self.polled.load(Relaxed)),
        }
    }

    /// Keeps what `prep` yielded for the next attempt of `exec`.
    pub(crate) fn stash<P: Send + 'static>(&self, prepared: P, has_fallback: bool) {
        self.stash.keep(prepared, has_fallback);
    }

    /// What an earlier attempt kept, and the last error if this is the fallback's turn.
    pub(crate) fn unstash<P: Send + 'static>(&self) -> Option<(P, Option<CanoError>)> {
        self.stash.take()
    }

    /// Notes that what this attempt yields is the last, also where it is an error that others may repeat.
    pub(crate) fn settle(&self) {
        self.settled.store(true, Relaxed);
    }

    pub(crate) fn take_settled(&self) -> bool {
        self.settled.swap(false, Relaxed)
    }

    /// Hands the last error to a fallback, if one waits for it; else what was kept is dropped.
    pub(crate) fn fall_back(&self, error: &CanoError) -> bool {
        self.stash.fall_back(error)
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
