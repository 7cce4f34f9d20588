//! What an observed run holds.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

use crate::define::{
    error::{CanoError, Name},
    event::{Attempt, Audience, Event, EventKind, Observers, RunEnding},
    names::Names,
    options::{RunOptions, Settings},
    run_id::RunId,
    spans::{GivenSpan, Spans},
};

/// Who is told of a run, and what its events need to know beside its `Cx`. A run that nobody observes has none.
///
/// Each of several tasks at once has a part of its own: its attempts and its spans are not the run's.
pub(crate) struct Watch {
    shared: Arc<Shared>,
    clock: Mutex<Clock>,
    pub(super) spans: Spans,
    is_part: bool,
}

/// What a run and its parts share.
struct Shared {
    names: Names,
    run: RunId,
    started: Instant,
    index: Option<usize>,
    parent: Option<RunId>,
    audience: Audience,
    /// Whether anybody wants more than the failures.
    is_close: bool,
    /// Whether the run lets others look after each transition.
    is_stepwise: bool,
}

struct Clock {
    state: Name,
    entered: Instant,
    /// How long the run was in its last state, once the loop is over.
    stood: Option<Duration>,
    /// The attempt under way, and since when.
    attempt: Option<(u32, Instant)>,
    has_ended: bool,
}

impl Watch {
    /// `None` for a run that nobody observes, which then pays nothing for it.
    #[inline]
    pub(crate) fn new(
        names: &Names,
        run: RunId,
        settings: &Settings,
        options: Option<&RunOptions>,
    ) -> Option<Self> {
        let spans = Spans::of_run(&settings.span, options.map(|options| &options.span), names.workflow());
        let given = |options: &&RunOptions| !options.observers.is_empty();
        if spans.is_none() && settings.observers.is_empty() && options.filter(given).is_none() {
            return None;
        }
        Some(Self::of_run(names, run, settings, options, spans.unwrap_or_default()))
    }

    #[cold]
    fn of_run(
        names: &Names,
        run: RunId,
        settings: &Settings,
        options: Option<&RunOptions>,
        spans: Spans,
    ) -> Self {
        let none = Observers::none();
        let observers = settings.observers.clone().and(options.map_or(&none, |options| &options.observers));
        let audience = Audience::new(&observers);
        let is_close = !audience.is_empty() || spans.are_close();
        let index = options.and_then(|options| options.index);
        let parent = options.and_then(|options| options.parent);
        let started = Instant::now();
        let is_stepwise = options.is_some_and(|options| options.is_stepwise);
        let shared =
            Shared { names: names.clone(), run, started, index, parent, audience, is_close, is_stepwise };
        Self { shared: Arc::new(shared), clock: Clock::new(started), spans, is_part: false }
    }

    /// For one of several tasks at once, or an undo.
    pub(crate) fn part(&self) -> Self {
        let shared = Arc::clone(&self.shared);
        Self { shared, clock: Clock::new(Instant::now()), spans: self.spans.part(), is_part: true }
    }

    /// Whether every step is told, not only what fails.
    pub(crate) fn is_close(&self) -> bool {
        self.shared.is_close
    }

    /// Whether the run lets others look after each transition.
    pub(crate) fn is_stepwise(&self) -> bool {
        self.shared.is_stepwise
    }

    /// The observers, and the run that they observe: for a run within this one.
    pub(crate) fn handed_on(&self) -> (Observers, RunId, GivenSpan) {
        (self.shared.audience.observers(), self.shared.run, self.spans.handed_on())
    }

    /// Polls with the run's spans, or the part's, as the current ones.
    pub(crate) fn within<R>(&self, poll: impl FnOnce() -> R) -> R {
        self.spans.within(poll)
    }

    /// Tells what happened. Every event of a run passes here.
    pub(crate) fn emit(&self, kind: EventKind<'_>) {
        let event = Event::now(self.shared.names.workflow(), Some(self.shared.run), kind);
        self.spans.tell(&event, self.is_part);
        for message in self.shared.audience.tell(&event) {
            self.emit(EventKind::ObserverPanicked { message: &message });
        }
    }

    pub(crate) fn run_started(&self, state: Name) {
        let Shared { index, parent, .. } = *self.shared;
        self.emit(EventKind::RunStarted { state: &state, index, parent });
        self.clock().state = state;
    }

    pub(crate) fn state_entered(&self, index: u32, visit: u64) {
        let (state, is_exit) = (self.clock().enter(), self.shared.names.is_exit(index));
        self.emit(EventKind::StateEntered { state: &state, visit, is_exit });
        self.clock().state = state;
    }

    /// The error that takes the attempt's place, if a test asked for one.
    pub(crate) fn fault(&self, attempt: Attempt<'_>) -> Option<CanoError> {
        self.shared.audience.fault(&attempt)
    }

    pub(crate) fn attempt_started(&self, attempt: Attempt<'_>, max_attempts: u32) {
        self.clock().attempt = Some((attempt.number, Instant::now()));
        self.emit(EventKind::AttemptStarted { attempt, max_attempts });
    }

    pub(crate) fn attempt_failed(
        &self,
        attempt: Attempt<'_>,
        error: &CanoError,
        next_delay: Option<Duration>,
    ) {
        let duration = self.clock().take_attempt().map_or(Duration::ZERO, |(_, duration)| duration);
        self.emit(EventKind::AttemptFailed { attempt, duration, error, next_delay });
    }

    /// The attempt under way ended in a panic, if there is one: that of a task at once is told by its own part.
    pub(crate) fn attempt_panicked(&self, attempt: Attempt<'_>, error: &CanoError) {
        let Some((number, duration)) = self.clock().take_attempt() else { return };
        let attempt = Attempt { number, ..attempt };
        self.emit(EventKind::AttemptFailed { attempt, duration, error, next_delay: None });
    }

    /// The attempt under way succeeded, if there is one: the tasks at once of a state have told it themselves.
    pub(crate) fn attempt_succeeded(&self, attempt: Attempt<'_>) {
        let Some((number, duration)) = self.clock().take_attempt() else { return };
        self.emit(EventKind::AttemptSucceeded { attempt: Attempt { number, ..attempt }, duration });
    }

    /// The run moves from the state of this index to `to`; `error` is what a `#[catch]` took.
    pub(crate) fn moved(&self, from: u32, to: Name, error: Option<&CanoError>) {
        let (state, duration) = self.clock().leave();
        if let Some(error) = error {
            self.emit(EventKind::Caught { state: &state, error, to: &to });
        }
        let is_caught = error.is_some();
        let outcome = self.shared.names.outcome(from, &to, is_caught);
        self.emit(EventKind::Transition { from: &state, to: &to, outcome, is_caught, duration });
        self.clock().state = to;
    }

    /// The loop is over: what follows is in no state.
    pub(crate) fn left(&self, error: Option<&CanoError>) {
        let mut clock = self.clock();
        clock.stood = Some(clock.entered.elapsed());
        drop(clock);
        self.spans.leave(error);
    }

    pub(crate) fn run_ended(&self, error: Option<&CanoError>) {
        let (state, in_state) = self.end();
        self.tell_end(&state, in_state, error.map_or(RunEnding::Exit(&state), RunEnding::failure));
    }

    fn end(&self) -> (Name, Duration) {
        let mut clock = self.clock();
        clock.has_ended = true;
        let in_state = clock.stood.unwrap_or_else(|| clock.entered.elapsed());
        (std::mem::take(&mut clock.state), in_state)
    }

    fn tell_end(&self, state: &str, in_state: Duration, end: RunEnding<'_>) {
        let duration = self.shared.started.elapsed();
        self.emit(EventKind::RunEnded { state, end, in_state, duration });
    }

    /// Nothing that is emitted is emitted under this lock.
    fn clock(&self) -> MutexGuard<'_, Clock> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if !self.is_part && !self.clock().has_ended {
            let (state, in_state) = self.end();
            self.tell_end(&state, in_state, RunEnding::Dropped);
        }
    }
}

impl Clock {
    fn new(now: Instant) -> Mutex<Self> {
        Mutex::new(Self {
            state: Name::Borrowed(""),
            entered: now,
            stood: None,
            attempt: None,
            has_ended: false,
        })
    }

    /// The state, which the caller gives back.
    fn enter(&mut self) -> Name {
        self.entered = Instant::now();
        self.attempt = None;
        std::mem::take(&mut self.state)
    }

    fn leave(&mut self) -> (Name, Duration) {
        (std::mem::take(&mut self.state), self.entered.elapsed())
    }

    fn take_attempt(&mut self) -> Option<(u32, Duration)> {
        self.attempt.take().map(|(number, since)| (number, since.elapsed()))
    }
}
