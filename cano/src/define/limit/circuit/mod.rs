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
    /// Its name stands in errors.
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
    /// It remembers so many attempts, at 24 bytes each.
    ///
    /// # Panics
    ///
    /// If `failures` is 0 or above `of`; in a `static` or a `const` that is an error of the build.
    #[must_use]
    pub const fn with_failures(mut self, failures: u32, of: u32) -> Self {
        assert!(failures > 0, "a circuit that opens after 0 failures would never be closed: give at least 1");
        assert!(failures <= of, "a circuit cannot see more failures than attempts: give at most as many");
        (self.rule.failures, self.rule.of) = (failures, of);
        self
    }

    /// Sets that attempts count which ended at most `window` ago; without it, age does not matter.
    ///
    /// # Panics
    ///
    /// If `window` is 0; in a `static` or a `const` that is an error of the build.
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
    /// If `open_for` is 0; in a `static` or a `const` that is an error of the build.
    #[must_use]
    pub const fn with_open_for(mut self, open_for: Duration) -> Self {
        assert!(
            !open_for.is_zero(),
            "a circuit that opens for no time would refuse nothing: give a longer one"
        );
        self.rule.open_for = open_for;
        self
    }

    /// Sets how many probes there are: so many begin at most while the circuit is half open, and it closes when all of
    /// them have succeeded.
    ///
    /// # Panics
    ///
    /// If `probes` is 0; in a `static` or a `const` that is an error of the build.
    #[must_use]
    pub const fn with_probes(mut self, probes: u32) -> Self {
        assert!(probes > 0, "a circuit with 0 probes would never close: give at least 1");
        self.rule.probes = probes;
        self
    }

    /// Sets which errors count as failures; the default is those that are not
    /// [permanent](CanoError::is_permanent).
    ///
    /// One that does not count is ignored: it is no success either.
    #[must_use]
    pub const fn with_counts_if(mut self, counts_if: fn(&CanoError) -> bool) -> Self {
        self.rule.counts_if = counts_if;
        self
    }

    /// Sets who is told when the circuit opens, becomes half open, or closes, with its name and where it stands now:
    /// for a log, a metric, an alarm. A circuit is shared by many runs, so this is no event of one of them.
    ///
    /// It is called by the attempt that changed the circuit, or by who forced it, without a lock: where several threads
    /// change it at once, they may be told in another order. It should be quick; a panic in it is dropped. Half open is
    /// told when the first probe begins.
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

    /// This circuit as a limit that waits where the circuit refuses, first come, first served.
    #[must_use]
    pub const fn waiting(&self) -> WaitForCircuit<'_> {
        WaitForCircuit(self)
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Where it stands now.
    #[must_use]
    pub fn state(&self) -> CircuitState {
        self.core().state(Instant::now())
    }

    /// What it has counted until now.
    #[must_use]
    pub fn counts(&self) -> CircuitCounts {
        self.core().counts(&self.rule, Instant::now())
    }

    /// Opens it until [`reset`](Self::reset) or [`force_closed`](Self::force_closed).
    pub fn force_open(&self) {
        self.change(Core::force_open);
    }

    /// Closes it, and keeps it so whatever fails, until [`reset`](Self::reset) or [`force_open`](Self::force_open).
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
