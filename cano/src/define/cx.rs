//! What a task may know of the attempt that it is.

mod aside;
mod asked;
mod guests;
mod names;
mod parts;
mod run_id;
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
pub use self::names::{Names, WorkflowNames};
pub use self::run_id::RunId;
pub(crate) use self::{guests::Guest, names::StateNames, timer::Timer};
use crate::define::error::{CanoError, Name, Place, Stop};

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
    settled: AtomicBool,
    /// The row, or the builder, sees to the timeout of the attempt.
    timed: AtomicBool,
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
            settled: AtomicBool::new(false),
            timed: AtomicBool::new(false),
            is_in_line: AtomicBool::new(false),
            aside: Aside::default(),
        }
    }

    /// The tokens of its attempts are children of this one.
    pub(crate) fn with_parent_token(self, parent: CancellationToken) -> Self {
        self.aside.set_parent_token(parent);
        self
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

    /// Which item of the field that the row's `each` goes over this attempt is for, counted from 0.
    #[must_use]
    pub fn item(&self) -> Option<usize> {
        (self.item != Self::NO_ITEM).then_some(self.item as usize)
    }

    /// A token that is cancelled when this attempt is ended before it is done: by its timeout, by the run's
    /// cancellation or deadline, or because the run was dropped; and at the latest when the run ends.
    ///
    /// A task that is ended is dropped at its next `.await`, so it needs the token only for what goes on without it:
    /// a thread, a spawned task, a loop that never awaits.
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

    /// A text that is the same for every attempt of this task in this visit of its state, and for nothing else: what
    /// a bank or a mailer takes to do a thing once.
    ///
    /// It is made of the run, the state, the number of the transition that entered it, the task's place where the
    /// state runs several, and the item's where it goes over items. That of an undo is the key of what it undoes, and
    /// `-undo`.
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

    /// Notes that the run stands in the state of this index. It is the first thing that a step does.
    #[doc(hidden)]
    #[inline]
    pub fn enter(&self, state: u32) {
        self.state.store(state, Relaxed);
    }

    /// Notes that the run made a transition; how many it has made.
    #[inline]
    pub(crate) fn moved(&self) -> u64 {
        let visit = self.visit.load(Relaxed) + 1;
        self.visit.store(visit, Relaxed);
        visit
    }

    /// The next attempt is the first one in its state.
    pub(crate) fn first_attempt(&self) {
        self.attempt.store(1, Relaxed);
    }

    pub(crate) fn next_attempt(&self) {
        self.attempt.store(self.attempt().saturating_add(1), Relaxed);
    }

    /// The run of a workflow that is the task of this attempt: the same one on every attempt, so that its tasks'
    /// idempotency keys are the same too.
    pub(crate) fn nested_run(&self) -> RunId {
        let run = self.run.nested(self.state_index(), self.visit.load(Relaxed), self.task);
        if self.item == Self::NO_ITEM { run } else { run.nested(self.item, 0, 0) }
    }

    /// The same of a workflow that undoes what it did when it fails: another one on each attempt, because what was
    /// done under the keys of an earlier one has been undone.
    pub(crate) fn nested_run_that_undoes(&self) -> RunId {
        let run = self.nested_run();
        if self.attempt() == 1 { run } else { run.nested(self.attempt(), 0, 0) }
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

    /// Notes whether somebody round the task sees to the timeout of its attempts, so that the task does not.
    #[doc(hidden)]
    #[inline]
    pub fn times(&self, timed: bool) {
        self.timed.store(timed, Relaxed);
    }

    /// Notes whether the attempt waits for a limit, so that no timeout counts that.
    #[doc(hidden)]
    pub fn stands_in_line(&self, is_in_line: bool) {
        self.is_in_line.store(is_in_line, Relaxed);
    }

    /// A task's own timeout, unless somebody round it sees to that.
    #[doc(hidden)]
    #[must_use]
    pub fn unless_timed(&self, timeout: Option<Duration>) -> Option<Duration> {
        timeout.filter(|_| !self.timed.load(Relaxed))
    }

    /// The timer of this attempt, which waits, unless it may do so for ever.
    pub(crate) fn take_timer(&self, timeout: impl FnOnce() -> Option<Duration>) -> Option<Timer> {
        // A row's timeout stands round its task's limits, whose wait is no part of the attempt.
        if self.is_in_line.load(Relaxed) {
            return None;
        }
        Timer::of((self.visit.load(Relaxed), self.attempt()), self.aside.take_timer(), timeout)
    }

    pub(crate) fn give_timer(&self, timer: Timer) {
        self.aside.give_timer(timer);
    }

    pub(crate) fn token_if_any(&self) -> Option<CancellationToken> {
        self.aside.token_if_any()
    }

    /// Cancels the token of the current attempt, where the task has asked for it.
    pub(crate) fn cancel_attempt(&self) {
        self.aside.cancel();
    }

    /// Keeps what `prep` yielded for the next attempt of `exec`.
    pub(crate) fn stash<P: Send + 'static>(&self, prepared: P, has_fallback: bool) {
        self.aside.keep(prepared, has_fallback);
    }

    /// What an earlier attempt kept, and the last error if this is the fallback's turn.
    pub(crate) fn unstash<P: Send + 'static>(&self) -> Option<(P, Option<CanoError>)> {
        self.aside.take()
    }

    /// Drops what an attempt kept for the next one, which does not come.
    pub(crate) fn drop_kept(&self) {
        self.aside.drop_kept();
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
        let falls_back = self.aside.fall_back(error);
        if falls_back {
            // It bears the number of the last attempt, but has a time of its own.
            drop(self.aside.take_timer());
        }
        falls_back
    }

    /// Whether this attempt is the fallback's turn.
    pub(crate) fn falls_back(&self) -> bool {
        self.aside.falls_back()
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
