mod core;
mod rule;
mod state;
mod waiting;
mod window;

use std::{
    fmt,
    panic::catch_unwind,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use self::{
    core::{Aftermath, Core, Verdict},
    rule::Rule,
};
pub use self::{
    state::{CircuitCounts, CircuitState},
    waiting::WaitForCircuit,
};
use super::{Admission, End, Limit, Permit, queue::Queue};
use crate::define::{
    cx::Cx,
    error::{CanoError, CircuitOpen, Refusal, panic_message},
};

#[doc = include_str!("../../../../docs/circuit-breaker.md")]
pub struct CircuitBreaker {
    name: &'static str,
    rule: Rule,
    core: Mutex<Core>,
    /// Those who wait for it to let one through; the one at the head listens to `changed`.
    queue: Queue,
    changed: Notify,
}

impl CircuitBreaker {
    /// A closed circuit, which opens for 30 s after 5 failures among the last 10 attempts, and closes after one probe.
    ///
    /// Errors show its name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            rule: Rule::DEFAULT,
            core: Mutex::new(Core::new()),
            queue: Queue::new(),
            changed: Notify::const_new(),
        }
    }

    /// Sets after how many `failures` among the last `of` attempts the circuit opens.
    ///
    /// The circuit remembers the last `of` attempts, at 24 bytes each.
    ///
    /// # Panics
    ///
    /// If `failures` is 0 or above `of`; in a `static` this is a compile error.
    #[must_use]
    pub const fn with_failures(mut self, failures: u32, of: u32) -> Self {
        assert!(failures > 0, "a circuit that opens after 0 failures would never be closed: give at least 1");
        assert!(failures <= of, "a circuit cannot see more failures than attempts: give at most as many");
        (self.rule.failures, self.rule.of) = (failures, of);
        self
    }

    /// Counts only attempts that ended at most `window` ago. By default age does not matter.
    ///
    /// # Panics
    ///
    /// If `window` is 0; in a `static` this is a compile error.
    #[must_use]
    pub const fn with_window(mut self, window: Duration) -> Self {
        assert!(!window.is_zero(), "a circuit with a window of 0 would see no failures: give a longer one");
        self.rule.window = Some(window);
        self
    }

    /// Sets how long the circuit stays open before the first probe.
    ///
    /// # Panics
    ///
    /// If `open_for` is 0; in a `static` this is a compile error.
    #[must_use]
    pub const fn with_open_for(mut self, open_for: Duration) -> Self {
        assert!(
            !open_for.is_zero(),
            "a circuit that opens for no time would refuse nothing: give a longer one"
        );
        self.rule.open_for = open_for;
        self
    }

    /// Sets the number of probes: at most this many attempts begin while the circuit is half open, and it closes when
    /// all of them have succeeded.
    ///
    /// # Panics
    ///
    /// If `probes` is 0; in a `static` this is a compile error.
    #[must_use]
    pub const fn with_probes(mut self, probes: u32) -> Self {
        assert!(probes > 0, "a circuit with 0 probes would never close: give at least 1");
        self.rule.probes = probes;
        self
    }

    /// Sets which errors count as failures; by default those that are not [permanent](CanoError::is_permanent).
    ///
    /// An attempt whose error does not count is ignored: it is not a success either.
    #[must_use]
    pub const fn with_counts_if(mut self, counts_if: fn(&CanoError) -> bool) -> Self {
        self.rule.counts_if = counts_if;
        self
    }

    /// Sets a function that is called with the circuit's name and new state when it opens, becomes half open or closes:
    /// for a log, a metric, an alarm. A circuit is shared by many runs, so this is not an event of one of them.
    ///
    /// It is called on the thread of the attempt, or of the call, that changed the circuit. No lock is held, so if
    /// several threads change the circuit at the same time, the calls may come in another order. The function should be
    /// quick; a panic in it is ignored. The change to half open is reported when the first probe begins.
    ///
    /// ```
    /// use cano::limit::CircuitBreaker;
    ///
    /// static BANK: CircuitBreaker =
    ///     CircuitBreaker::new("bank").with_on_change(|name, state| eprintln!("circuit {name}: {state:?}"));
    /// ```
    #[must_use]
    pub const fn with_on_change(mut self, on_change: fn(&str, CircuitState)) -> Self {
        self.rule.on_change = Some(on_change);
        self
    }

    /// This circuit as a limit that waits instead of refusing, first come, first served.
    #[must_use]
    pub const fn or_wait(&self) -> WaitForCircuit<'_> {
        WaitForCircuit(self)
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its present state.
    #[must_use]
    pub fn state(&self) -> CircuitState {
        self.core().state(Instant::now())
    }

    /// What it has counted so far.
    #[must_use]
    pub fn counts(&self) -> CircuitCounts {
        self.core().counts(&self.rule, Instant::now())
    }

    /// Opens it, and keeps it open until [`reset`](Self::reset) or [`force_closed`](Self::force_closed).
    pub fn force_open(&self) {
        self.change(Core::force_open);
    }

    /// Closes it, and keeps it closed whatever fails, until [`reset`](Self::reset) or [`force_open`](Self::force_open).
    pub fn force_closed(&self) {
        self.change(Core::force_closed);
    }

    /// Closes it and forgets the attempts so far; the totals of [`counts`](Self::counts) stay.
    pub fn reset(&self) {
        self.change(Core::close);
    }

    fn begin(&self) -> Result<Permit<'_>, CircuitState> {
        let token = self.telling(|core| core.begin(&self.rule, Instant::now()))?;
        Ok(Permit::new(self, token))
    }

    #[cold]
    fn refusal(&self, state: CircuitState) -> CanoError {
        let cause = self.core().refused();
        let refusal = match state {
            CircuitState::Open { until } => Refusal::Open { until },
            CircuitState::ForcedOpen => Refusal::Forced,
            _ => Refusal::Probing,
        };
        CanoError::CircuitOpen(CircuitOpen::new(self.name, refusal, cause))
    }

    fn change(&self, change: impl FnOnce(&mut Core) -> Aftermath) {
        // The lock has ended before the error in the aftermath is dropped.
        let aftermath = self.telling(change);
        if aftermath.is_way_free {
            self.changed.notify_one();
        }
    }

    /// Tells where the circuit stands after `change`, if that is elsewhere than before.
    fn telling<R>(&self, change: impl FnOnce(&mut Core) -> R) -> R {
        let (changed, now) = {
            let mut core = self.core();
            let before = core.position();
            let changed = change(&mut core);
            (changed, (core.position() != before).then(|| core.state(Instant::now())))
        };
        if let (Some(now), Some(on_change)) = (now, self.rule.on_change) {
            // It may be called while an attempt's panic unwinds, where another one would end the process.
            let _ = catch_unwind(|| on_change(self.name, now)).map_err(panic_message);
        }
        changed
    }

    /// No code of a user runs under the lock, so a poisoned one is as good as any.
    fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Limit for CircuitBreaker {
    fn acquire<'a>(&'a self, _: &'a Cx) -> Admission<'a> {
        Admission::now(self.begin().map_err(|state| self.refusal(state)))
    }

    fn ended(&self, token: u64, end: End<'_>) {
        // By its drop, so that a `counts_if` that panics keeps no probe.
        let mut judged = Judged { circuit: self, token, verdict: Verdict::Nothing };
        judged.verdict = match end {
            End::Succeeded => Verdict::Good,
            End::Failed(error) if (self.rule.counts_if)(error) => Verdict::Bad(error),
            End::Failed(_) | End::Dropped => Verdict::Nothing,
        };
    }
}

struct Judged<'a> {
    circuit: &'a CircuitBreaker,
    token: u64,
    verdict: Verdict<'a>,
}

impl Drop for Judged<'_> {
    fn drop(&mut self) {
        let Self { circuit, token, verdict } = *self;
        circuit.change(|core| core.end(token, verdict, &circuit.rule, Instant::now()));
    }
}

impl fmt::Debug for CircuitBreaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CircuitBreaker")
            .field("name", &self.name)
            .field("state", &self.state())
            .field("counts", &self.counts())
            .finish_non_exhaustive()
    }
}
