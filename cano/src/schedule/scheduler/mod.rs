mod control;
mod read;

use std::{fmt, sync::Arc, time::Duration};

pub use self::control::RunHandle;
use super::{
    clock::{Clock, SystemClock},
    course::Course,
    entry::Entry,
    error::SchedulerError,
    rules::Schedule,
    runnable::{OfTable, Runnable},
    shared::Shared,
    trigger::Pace,
};
use crate::{define::event::Observer, run::Scheduled};

/// Runs workflows at intervals, by cron expressions, or when triggered by hand. One scheduler takes workflows of
/// different states and stores.
///
/// Each run has a new store of its own, unless the workflow was given one by [`with_store` or
/// `with_inputs`](super::Runnable). The rules of the [`Schedule`] say what happens to a slot while a run is under way,
/// and to slots that could not be fired when they were due.
///
/// Clones are handles to the same scheduler. When the last one is dropped, its runs are cancelled and nothing fires any
/// more. Schedules can be added, changed and removed at any time, before [`start`](Self::start) and while the scheduler
/// runs; that takes effect at once.
///
/// ```
/// use cano::{prelude::*, schedule::Cron};
///
/// #[task]
/// async fn sweep() -> CanoResult<()> {
///     Ok(())
/// }
///
/// workflow! {
///     enum Sweeping {
///         #[start] Sweep = sweep >> Clean,
///         #[exit] Clean,
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> CanoResult<()> {
/// let scheduler = Scheduler::new();
/// scheduler.every_seconds("often", Sweeping::workflow(), 30)?;
/// scheduler.cron("at nine", Sweeping::workflow(), "0 0 9 * * *")?;
/// scheduler.add("in Berlin", Sweeping::workflow(), Cron::new("0 0 9 * * *")?.in_zone("Europe/Berlin")?)?;
/// scheduler.manual("when asked", Sweeping::workflow())?;
/// scheduler.start().await?;
///
/// let run = scheduler.trigger("when asked").await?;
/// assert!(run.end().await.is_success());
///
/// scheduler.stop().await?;
/// assert_eq!(scheduler.status("often").await.map(|info| info.run_count), Some(1));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Scheduler {
    shared: Arc<Shared>,
    /// The runs and the driver do not have it.
    _owner: Arc<Owner>,
}

struct Owner(Arc<Shared>);

impl Scheduler {
    /// A scheduler without schedules, which goes by the [`SystemClock`].
    #[must_use]
    pub fn new() -> Self {
        Self::with_clock(SystemClock::new())
    }

    /// A scheduler that goes by another clock, for testing what happens when a clock is set.
    #[must_use]
    pub fn with_clock(clock: impl Clock) -> Self {
        let shared = Arc::new(Shared::new(Arc::new(clock)));
        Self { _owner: Arc::new(Owner(Arc::clone(&shared))), shared }
    }

    /// Adds an observer, which from now on receives what happens to the schedules, as
    /// [`EventKind::Schedule`](crate::EventKind::Schedule), one event at a time and in order. An observer that panics
    /// still receives the events that follow.
    ///
    /// The observers of a workflow receive what happens within its runs.
    ///
    /// ```
    /// use cano::{Event, EventKind, ScheduleEvent, prelude::*};
    ///
    /// let scheduler = Scheduler::new().with_observer(|event: &Event<'_>| {
    ///     if let EventKind::Schedule { id, event: ScheduleEvent::Skipped { reason, .. } } = event.kind {
    ///         println!("{id} was not run: {}", reason.label());
    ///     }
    /// });
    /// # drop(scheduler);
    /// ```
    #[must_use]
    pub fn with_observer(self, observer: impl Observer) -> Self {
        self.shared.with(|state, _| state.outbox.observe(observer));
        self
    }

    /// Adds a schedule: a workflow, and a [`Trigger`](super::Trigger) or a [`Schedule`].
    ///
    /// If the scheduler is running, the schedule begins now; with an interval, the first run starts at once.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::DuplicateId`]; [`SchedulerError::NeverFires`] for a schedule that has no slot and is not
    /// manual.
    pub fn add(
        &self,
        id: impl Into<String>,
        workflow: impl Runnable,
        schedule: impl Into<Schedule>,
    ) -> Result<(), SchedulerError> {
        let (id, schedule) = (id.into().into_boxed_str(), schedule.into());
        let course = self.begin(&id, &schedule)?;
        let entry = Entry::new(id, Arc::new(workflow), schedule, course);
        self.shared.with(|state, effects| {
            if state.index_of(&entry.id).is_some() {
                let id = entry.id.to_string();
                effects.dropped.push(entry);
                return Err(SchedulerError::DuplicateId { id });
            }
            state.insert(Box::new(entry));
            effects.wake_driver();
            Ok(())
        })
    }

    /// Runs a workflow every `seconds` seconds, the first time at the start.
    ///
    /// # Errors
    ///
    /// As [`every`](Self::every).
    pub fn every_seconds(
        &self,
        id: impl Into<String>,
        workflow: impl Runnable,
        seconds: u64,
    ) -> Result<(), SchedulerError> {
        self.every(id, workflow, Duration::from_secs(seconds))
    }

    /// Runs a workflow every `minutes` minutes, the first time at the start.
    ///
    /// # Errors
    ///
    /// As [`every`](Self::every).
    pub fn every_minutes(
        &self,
        id: impl Into<String>,
        workflow: impl Runnable,
        minutes: u64,
    ) -> Result<(), SchedulerError> {
        self.every(id, workflow, Duration::from_secs(minutes.saturating_mul(60)))
    }

    /// Runs a workflow every `hours` hours, the first time at the start.
    ///
    /// # Errors
    ///
    /// As [`every`](Self::every).
    pub fn every_hours(
        &self,
        id: impl Into<String>,
        workflow: impl Runnable,
        hours: u64,
    ) -> Result<(), SchedulerError> {
        self.every(id, workflow, Duration::from_secs(hours.saturating_mul(3_600)))
    }

    /// Runs a workflow at a fixed rate, the first time at the start. How long a run takes does not change the rate.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::Interval`], and those of [`add`](Self::add).
    pub fn every(
        &self,
        id: impl Into<String>,
        workflow: impl Runnable,
        interval: Duration,
    ) -> Result<(), SchedulerError> {
        self.add(id, workflow, Schedule::every(interval)?)
    }

    /// Runs a workflow at the start, and then `delay` after the end of each run.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::Interval`], and those of [`add`](Self::add).
    pub fn every_after(
        &self,
        id: impl Into<String>,
        workflow: impl Runnable,
        delay: Duration,
    ) -> Result<(), SchedulerError> {
        self.add(id, workflow, Schedule::every_after(delay)?)
    }

    /// Runs a workflow by a cron expression in UTC, whose fields [`Cron`](super::Cron) explains; for a time zone,
    /// [`add`](Self::add) a `Cron`.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::Cron`], and those of [`add`](Self::add).
    pub fn cron(
        &self,
        id: impl Into<String>,
        workflow: impl Runnable,
        expression: &str,
    ) -> Result<(), SchedulerError> {
        self.add(id, workflow, Schedule::cron(expression)?)
    }

    /// Runs the workflow of a table by the `#[schedule(..)]` of the table.
    ///
    /// ```
    /// use cano::prelude::*;
    ///
    /// # #[task]
    /// # async fn count() -> CanoResult<()> { Ok(()) }
    /// workflow! {
    ///     #[schedule("0 9 * * 1-5", zone = "Europe/Berlin")]
    ///     enum Counting {
    ///         #[start] Count = count >> Counted,
    ///         #[exit] Counted,
    ///     }
    /// }
    ///
    /// let scheduler = Scheduler::new();
    /// scheduler.scheduled("counting", Counting::workflow())?;
    /// // With rules of your own:
    /// let schedule = Schedule::of::<Counting>()?.with_timeout(Duration::from_secs(600));
    /// scheduler.add("counting in time", Counting::workflow(), schedule)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`SchedulerError::Cron`] for an unknown time zone, and those of [`add`](Self::add).
    pub fn scheduled<W: OfTable<Table: Scheduled>>(
        &self,
        id: impl Into<String>,
        workflow: W,
    ) -> Result<(), SchedulerError> {
        self.add(id, workflow, Schedule::of::<W::Table>()?)
    }

    /// Adds a workflow that only [`trigger`](Self::trigger) runs.
    ///
    /// # Errors
    ///
    /// Those of [`add`](Self::add).
    pub fn manual(&self, id: impl Into<String>, workflow: impl Runnable) -> Result<(), SchedulerError> {
        self.add(id, workflow, Schedule::manual())
    }

    /// How far a new schedule has come: nowhere. It asks the trigger, so no lock is held.
    pub(super) fn begin(&self, id: &str, schedule: &Schedule) -> Result<Course, SchedulerError> {
        let times = self.shared.with(|state, _| state.times);
        let course = Course::begin(schedule, times.now(schedule.pace()));
        if schedule.pace() != Pace::ByHand && course.upcoming(schedule).next().is_none() {
            return Err(SchedulerError::NeverFires { id: id.to_owned(), trigger: format!("{schedule:#}") });
        }
        Ok(course)
    }
}

impl Default for Scheduler {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Scheduler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scheduler").finish_non_exhaustive()
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.abandon();
    }
}
