use std::{
    fmt,
    num::{NonZeroU32, NonZeroU64},
    sync::{Arc, LazyLock},
    time::Duration,
};

use jiff::Timestamp;

use super::{
    error::SchedulerError,
    trigger::{Cron, CronError, Every, EveryAfter, Manual, Pace, Trigger},
};
use crate::run::Scheduled;

/// What happens to a slot, or a trigger by hand, while a run of the same schedule is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Overlap {
    /// It is skipped, and counted as skipped.
    #[default]
    Skip,
    /// One slot waits for the end of the run; further ones are skipped.
    BufferOne,
    /// This many wait for their turn; further ones are skipped.
    BufferAll(NonZeroU32),
    /// The run is cancelled; when it has ended, the new one starts.
    CancelOther,
    /// This many runs may be under way at the same time; further slots are skipped.
    Allow(NonZeroU32),
}

/// What happens to slots that could not be fired when they were due, because the machine slept, the clock was set
/// forward, or the program was busy.
///
/// The latest slot is not missed but only late if it is less than a minute late. Slots from the time during which a
/// schedule was paused, or the scheduler stopped, are never caught up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum CatchUp {
    /// They are counted as missed.
    Skip,
    /// The latest one is fired, however late; the others are counted as missed.
    #[default]
    Once,
    /// The latest ones, at most this many, are fired one after the other, as far as the overlap policy allows.
    All(NonZeroU32),
}

/// When something is to run, and by which rules: a [`Trigger`] with options. Any trigger converts into a schedule with
/// the default rules.
///
/// ```
/// use std::time::Duration;
/// use cano::schedule::{Cron, Overlap, Schedule};
///
/// let nightly = Schedule::new(Cron::new("0 0 2 * * *")?.in_zone("Europe/Berlin")?)
///     .with_overlap(Overlap::BufferOne)
///     .with_timeout(Duration::from_secs(3_600))
///     .with_jitter(Duration::from_secs(60));
/// assert_eq!(nightly.to_string(), "at 02:00 every day, Europe/Berlin");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Schedule {
    trigger: Arc<dyn Trigger>,
    /// Shared by all of one pace that have the default.
    rules: Arc<Rules>,
}

#[derive(Clone, Debug)]
pub(super) struct Rules {
    /// The trigger's, asked for once, so that it can be known under a lock.
    pace: Pace,
    pub(super) overlap: Overlap,
    pub(super) catch_up: CatchUp,
    pub(super) jitter: Duration,
    pub(super) not_before: Option<Timestamp>,
    pub(super) not_after: Option<Timestamp>,
    pub(super) limit: Option<NonZeroU64>,
    pub(super) timeout: Option<Duration>,
    /// The first delay and the longest one.
    pub(super) backoff: Option<(Duration, Duration)>,
    pub(super) trip_after: Option<NonZeroU32>,
    pub(super) history: usize,
}

static DEFAULTS: LazyLock<[Arc<Rules>; 4]> =
    LazyLock::new(|| [Pace::Wall, Pace::Steady, Pace::AfterRun, Pace::ByHand].map(Rules::default_of));

impl Rules {
    fn default_of(pace: Pace) -> Arc<Self> {
        Arc::new(Self {
            pace,
            overlap: Overlap::Skip,
            catch_up: CatchUp::Once,
            jitter: Duration::ZERO,
            not_before: None,
            not_after: None,
            limit: None,
            timeout: None,
            backoff: None,
            trip_after: None,
            history: 16,
        })
    }
}

impl Schedule {
    /// A schedule with this trigger and the default rules.
    pub fn new(trigger: impl Trigger) -> Self {
        let pace = trigger.pace();
        let rules = DEFAULTS.iter().find(|rules| rules.pace == pace).cloned();
        Self { trigger: Arc::new(trigger), rules: rules.unwrap_or_else(|| Rules::default_of(pace)) }
    }

    /// Fires at a fixed rate: at the start, and at each multiple of `interval` after it.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::Interval`].
    pub fn every(interval: Duration) -> Result<Self, SchedulerError> {
        Every::new(interval).map(Self::new)
    }

    /// Fires at the start, and `delay` after the end of each run.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::Interval`].
    pub fn every_after(delay: Duration) -> Result<Self, SchedulerError> {
        EveryAfter::new(delay).map(Self::new)
    }

    /// Fires by a cron expression in UTC; for a time zone, see [`Cron::in_zone`].
    ///
    /// # Errors
    ///
    /// [`CronError`].
    pub fn cron(expression: &str) -> Result<Self, CronError> {
        Cron::new(expression).map(Self::new)
    }

    /// The schedule that the table `T` has by its `#[schedule(..)]`.
    ///
    /// # Errors
    ///
    /// [`CronError::UnknownZone`]; the expression was checked when the table was built.
    pub fn of<T: Scheduled>() -> Result<Self, CronError> {
        let cron = Cron::new(T::SCHEDULE.expression())?;
        T::SCHEDULE.zone().map_or(Ok(cron.clone()), |zone| cron.in_zone(zone)).map(Self::new)
    }

    /// Fires only when [`Scheduler::trigger`](super::Scheduler::trigger) asks for it.
    pub fn manual() -> Self {
        Self::new(Manual)
    }

    /// Sets what happens to a slot while a run is under way; by default [`Overlap::Skip`].
    pub fn with_overlap(self, overlap: Overlap) -> Self {
        self.with(|rules| rules.overlap = overlap)
    }

    /// Sets what happens to slots that could not be fired when they were due; by default [`CatchUp::Once`].
    pub fn with_catch_up(self, catch_up: CatchUp) -> Self {
        self.with(|rules| rules.catch_up = catch_up)
    }

    /// Delays each run by a random time of up to `jitter` after its slot, but not beyond the next slot.
    pub fn with_jitter(self, jitter: Duration) -> Self {
        self.with(|rules| rules.jitter = jitter)
    }

    /// Fires nothing before `time`; intervals are counted from it.
    pub fn with_not_before(self, time: Timestamp) -> Self {
        self.with(|rules| rules.not_before = Some(time))
    }

    /// Fires nothing after `time`.
    pub fn with_not_after(self, time: Timestamp) -> Self {
        self.with(|rules| rules.not_after = Some(time))
    }

    /// Sets how many slots are fired in all. By default there is no limit.
    pub fn with_limit(self, slots: NonZeroU64) -> Self {
        self.with(|rules| rules.limit = Some(slots))
    }

    /// Sets how long a run may take; a run that takes longer is ended, and has failed.
    pub fn with_timeout(self, timeout: Duration) -> Self {
        self.with(|rules| rules.timeout = Some(timeout))
    }

    /// Leaves out slots after a failed run: those within the time `first`, which doubles with each further failure in a
    /// row, up to `longest`. The slots that follow are not moved.
    pub fn with_backoff(self, first: Duration, longest: Duration) -> Self {
        self.with(|rules| rules.backoff = Some((first, longest)))
    }

    /// Pauses the schedule after this many failed runs in a row, until
    /// [`Scheduler::resume`](super::Scheduler::resume). By default it is never paused.
    pub fn with_trip_after(self, failures: NonZeroU32) -> Self {
        self.with(|rules| rules.trip_after = Some(failures))
    }

    /// Sets how many ended runs [`history`](super::Scheduler::history) keeps; by default 16.
    pub fn with_history(self, runs: usize) -> Self {
        self.with(|rules| rules.history = runs)
    }

    /// Its trigger.
    #[must_use]
    pub fn trigger(&self) -> &dyn Trigger {
        &*self.trigger
    }

    pub(super) fn pace(&self) -> Pace {
        self.rules.pace
    }

    pub(super) fn rules(&self) -> &Rules {
        &self.rules
    }

    fn with(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(Arc::make_mut(&mut self.rules));
        self
    }
}

impl<T: Trigger> From<T> for Schedule {
    fn from(trigger: T) -> Self {
        Self::new(trigger)
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.trigger.fmt(f)
    }
}
