use std::{fmt, sync::Arc, time::Duration};

use jiff::Timestamp;
use tokio::{
    runtime::Handle,
    sync::{Notify, oneshot},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    clock::{Clock, SystemClock},
    course::Course,
    driver::drive,
    entry::{Entry, Mode, Waiting},
    error::SchedulerError,
    record::{EndedRun, FlowInfo, Happened, RunEnd},
    rules::Schedule,
    runnable::Runnable,
    state::{Effects, Epoch, Phase, Shared, State},
    stop::StopReport,
    trigger::Pace,
};

/// Runs workflows at their times: of different states and stores, by intervals, by cron expressions, by hand.
///
/// Clones are handles to one scheduler; when the last one is dropped, its runs are cancelled and nothing fires any more.
/// Everything but [`start`](Self::start) and [`stop`](Self::stop) takes effect at once, before and while it runs.
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
/// scheduler.add("in Berlin", Cron::new("0 0 9 * * *")?.in_zone("Europe/Berlin")?, Sweeping::workflow())?;
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

/// A run that [`Scheduler::trigger`] asked for. Dropping it leaves the run alone.
#[derive(Debug)]
pub struct RunHandle(oneshot::Receiver<RunEnd>);

impl RunHandle {
    /// Waits for the end of the run.
    pub async fn end(self) -> RunEnd {
        self.0.await.unwrap_or(RunEnd::Aborted)
    }
}

/// How long [`Scheduler::stop`] waits for runs before it cancels them.
const PATIENCE: Duration = Duration::from_secs(30);

impl Scheduler {
    /// A scheduler by the [`SystemClock`], without schedules.
    #[must_use]
    pub fn new() -> Self {
        Self::with_clock(SystemClock::new())
    }

    /// A scheduler by another clock, for a test of what happens when one is set.
    #[must_use]
    pub fn with_clock(clock: impl Clock) -> Self {
        let shared = Arc::new(Shared::new(Arc::new(clock)));
        Self { _owner: Arc::new(Owner(Arc::clone(&shared))), shared }
    }

    /// Adds a workflow, with a [`Trigger`](super::Trigger) or a [`Schedule`].
    ///
    /// On a running scheduler it counts from now on: an interval begins at once.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::DuplicateId`]; [`SchedulerError::NeverFires`] for one that is not by hand and has no slot.
    pub fn add(
        &self,
        id: impl Into<String>,
        schedule: impl Into<Schedule>,
        workflow: impl Runnable,
    ) -> Result<(), SchedulerError> {
        let (id, schedule) = (Arc::<str>::from(id.into()), schedule.into());
        let course = self.begin(&id, &schedule)?;
        let entry = Box::new(Entry::new(Arc::clone(&id), Arc::new(workflow), schedule, course));
        self.shared.with(|state, effects| {
            if state.ids.contains_key(&id) {
                effects.dropped.push(entry);
                return Err(SchedulerError::DuplicateId { id: id.to_string() });
            }
            state.insert(entry);
            effects.wake_driver();
            Ok(())
        })
    }

    /// Runs a workflow every so many seconds, the first time at the start.
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

    /// Runs a workflow every so many minutes, the first time at the start.
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

    /// Runs a workflow every so many hours, the first time at the start.
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

    /// Runs a workflow at a fixed rate, the first time at the start. However long a run takes, the rate stays.
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
        self.add(id, Schedule::every(interval)?, workflow)
    }

    /// Runs a workflow at the start, and `delay` after each run's end.
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
        self.add(id, Schedule::every_after(delay)?, workflow)
    }

    /// Runs a workflow by a cron expression in UTC; for a zone, [`add`](Self::add) a [`Cron`](super::Cron).
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
        self.add(id, Schedule::cron(expression)?, workflow)
    }

    /// Adds a workflow that only [`trigger`](Self::trigger) runs.
    ///
    /// # Errors
    ///
    /// Those of [`add`](Self::add).
    pub fn manual(&self, id: impl Into<String>, workflow: impl Runnable) -> Result<(), SchedulerError> {
        self.add(id, Schedule::manual(), workflow)
    }

    /// Starts to fire, in a task of the present runtime, and returns. Nothing of the time before is caught up.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::AlreadyRunning`], [`SchedulerError::Stopping`].
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub async fn start(&self) -> Result<(), SchedulerError> {
        let epoch = Epoch {
            runtime: Handle::current(),
            tracker: TaskTracker::new(),
            changed: Arc::new(Notify::new()),
            cancel: CancellationToken::new(),
            abort: CancellationToken::new(),
        };
        self.shared.with(|state, _| {
            match state.phase {
                Phase::Idle => state.phase = Phase::Running(epoch.clone()),
                Phase::Running(_) => return Err(SchedulerError::AlreadyRunning),
                Phase::Stopping(_) => return Err(SchedulerError::Stopping),
            }
            let times = state.times;
            let begin_again = |(index, entry): (u32, &mut Entry)| {
                entry.course.begin_again(&entry.schedule, times.now(entry.schedule.pace()));
                index
            };
            let indices: Vec<u32> = state.entries().map(begin_again).collect();
            indices.into_iter().for_each(|index| state.replan(index));
            Ok(())
        })?;
        epoch.tracker.spawn(drive(Arc::clone(&self.shared), epoch.clone()));
        Ok(())
    }

    /// Asks for a run now, beside the slots, which it does not move; also of a schedule that is paused.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::UnknownId`]; [`SchedulerError::NotRunning`] and [`SchedulerError::Stopping`];
    /// [`SchedulerError::Overlap`] where the overlap policy refuses it.
    pub async fn trigger(&self, id: &str) -> Result<RunHandle, SchedulerError> {
        self.shared.with(|state, effects| {
            let index = state.find(id)?;
            match state.phase {
                Phase::Running(_) => {}
                Phase::Idle => return Err(SchedulerError::NotRunning),
                Phase::Stopping(_) => return Err(SchedulerError::Stopping),
            }
            let (sender, receiver) = oneshot::channel();
            let slot = state.times.wall;
            state.request(index, Waiting { slot, by_hand: Some(sender) }, effects)?;
            Ok(RunHandle(receiver))
        })
    }

    /// Lets the slots of a schedule pass until [`resume`](Self::resume). A run under way goes on.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::UnknownId`].
    pub async fn pause(&self, id: &str) -> Result<(), SchedulerError> {
        self.shared.with(|state, effects| {
            let index = state.find(id)?;
            let Some(entry) = state.entry(index) else { return Ok(()) };
            entry.mode = Mode::Paused;
            entry.drop_waiting(false).into_iter().for_each(|waiting| effects.cancel(waiting));
            state.note(Some(index), Happened::Paused);
            state.replan(index);
            Ok(())
        })
    }

    /// Fires a schedule again that was paused, or tripped. What passed meanwhile is not caught up.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::UnknownId`].
    pub async fn resume(&self, id: &str) -> Result<(), SchedulerError> {
        self.shared.with(|state, effects| {
            let (index, times) = (state.find(id)?, state.times);
            let Some(entry) = state.entry(index).filter(|entry| entry.mode != Mode::Active) else {
                return Ok(());
            };
            entry.mode = Mode::Active;
            entry.course.pass(times.now(entry.schedule.pace()));
            if let Some(record) = &mut entry.record {
                record.failures_in_a_row = 0;
            }
            if let Some(runs) = &mut entry.runs {
                runs.held_until = None;
            }
            state.note(Some(index), Happened::Resumed);
            state.replan(index);
            effects.wake_driver();
            Ok(())
        })
    }

    /// Removes a schedule. A run under way goes on, and [`stop`](Self::stop) waits for it; runs that wait for its end
    /// are cancelled.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::UnknownId`].
    pub async fn remove(&self, id: &str) -> Result<(), SchedulerError> {
        self.shared.with(|state, effects| {
            let index = state.find(id)?;
            state.ids.remove(id);
            let Some(entry) = state.entry(index) else { return Ok(()) };
            entry.mode = Mode::Removed;
            entry.drop_waiting(true).into_iter().for_each(|waiting| effects.cancel(waiting));
            state.note(Some(index), Happened::Removed);
            state.replan(index);
            state.forget_if_over(index, effects);
            Ok(())
        })
    }

    /// Gives a schedule another trigger and other rules. Its counts and its history stay; the new trigger begins now.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::UnknownId`], [`SchedulerError::NeverFires`].
    pub async fn update(&self, id: &str, schedule: impl Into<Schedule>) -> Result<(), SchedulerError> {
        let schedule = schedule.into();
        self.begin(id, &schedule)?;
        // The old one is dropped outside of the lock.
        let _old = self.shared.with(|state, effects| {
            let (index, times) = (state.find(id)?, state.times);
            let Some(entry) = state.entry(index) else { return Ok::<_, SchedulerError>(schedule) };
            entry.course.begin_again(&schedule, times.now(schedule.pace()));
            let old = std::mem::replace(&mut entry.schedule, schedule);
            state.note(Some(index), Happened::Updated);
            state.replan(index);
            effects.wake_driver();
            Ok(old)
        })?;
        Ok(())
    }

    /// What there is to know of a schedule.
    pub async fn status(&self, id: &str) -> Option<FlowInfo> {
        self.infos(|state| state.ids.get(id).copied().into_iter().collect()).pop()
    }

    /// What there is to know of every schedule, in the order of their ids.
    pub async fn list(&self) -> Vec<FlowInfo> {
        let mut infos = self.infos(|state| state.ids.values().copied().collect());
        infos.sort_by(|a, b| a.id.cmp(&b.id));
        infos
    }

    /// The last runs of a schedule that have ended, the oldest first.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::UnknownId`].
    pub async fn history(&self, id: &str) -> Result<Vec<EndedRun>, SchedulerError> {
        self.shared.with(|state, _| {
            let index = state.find(id)?;
            let record = state.entry(index).and_then(|entry| entry.record.as_ref());
            Ok(record.map(|record| record.history.iter().cloned().collect()).unwrap_or_default())
        })
    }

    /// The next `n` slots of a schedule, fewer if there are fewer. While the scheduler is stopped: as if it were started
    /// now; of a fixed delay: as if a run took no time.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::UnknownId`].
    pub async fn next_fires(&self, id: &str, n: usize) -> Result<Vec<Timestamp>, SchedulerError> {
        let (schedule, course) = self.shared.with(|state, _| {
            let (index, times, is_running) = (state.find(id)?, state.times, state.phase.is_running());
            let entry = state.entry(index).ok_or_else(|| SchedulerError::UnknownId { id: id.to_owned() })?;
            let (schedule, mut course) = (entry.schedule.clone(), entry.course.clone());
            let now = times.now(schedule.pace());
            if !is_running {
                course.begin_again(&schedule, now);
            } else if entry.mode != Mode::Active {
                course.pass(now);
            }
            Ok::<_, SchedulerError>((schedule, course))
        })?;
        Ok(course.upcoming(&schedule).take(n).collect())
    }

    /// Stops: fires nothing more, waits 30 s for the runs under way, then cancels them, and at last drops them.
    ///
    /// When it returns nothing runs any more. [`start`](Self::start) starts it again.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::NotRunning`].
    ///
    /// # Cancel safety
    ///
    /// Dropped, it leaves a scheduler that fires nothing; another call goes on waiting. A run must not await it: it would
    /// wait for itself.
    pub async fn stop(&self) -> Result<StopReport, SchedulerError> {
        self.stop_with_timeout(PATIENCE).await
    }

    /// Stops as [`stop`](Self::stop) does, and waits `patience` before it cancels. A run that was cancelled has 5 s to
    /// end before it is dropped.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::NotRunning`].
    ///
    /// # Cancel safety
    ///
    /// As [`stop`](Self::stop).
    pub async fn stop_with_timeout(&self, patience: Duration) -> Result<StopReport, SchedulerError> {
        self.shared.stop(patience).await
    }

    /// How far a new schedule has come: nowhere. It asks the trigger, so no lock is held.
    fn begin(&self, id: &str, schedule: &Schedule) -> Result<Course, SchedulerError> {
        let times = self.shared.with(|state, _| state.times);
        let course = Course::begin(schedule, times.now(schedule.pace()));
        if schedule.pace() != Pace::ByHand && course.upcoming(schedule).next().is_none() {
            return Err(SchedulerError::NeverFires { id: id.to_owned(), trigger: schedule.to_string() });
        }
        Ok(course)
    }

    fn infos(&self, choose: impl FnOnce(&State) -> Vec<u32>) -> Vec<FlowInfo> {
        let found: Vec<(FlowInfo, Option<Course>)> = self.shared.with(|state, _: &mut Effects| {
            let is_running = state.phase.is_running();
            let chosen = choose(state);
            let info = |index| {
                let entry = state.entry(index)?;
                let fires = is_running && entry.mode == Mode::Active;
                Some((entry.info(), fires.then(|| entry.course.clone())))
            };
            chosen.into_iter().filter_map(info).collect()
        });
        let with_next = |(mut info, course): (FlowInfo, Option<Course>)| {
            info.next_run = course.and_then(|course| course.upcoming(&info.schedule).next());
            info
        };
        found.into_iter().map(with_next).collect()
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
