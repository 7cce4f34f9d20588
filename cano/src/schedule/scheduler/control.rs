use std::{sync::Arc, time::Duration};

use tokio::{runtime::Handle, sync::oneshot};

use super::Scheduler;
use crate::{
    define::event::SkipReason,
    schedule::{
        driver::drive,
        entry::{Mode, Waiting},
        epoch::{Epoch, Phase, StopReport},
        error::SchedulerError,
        record::{Happened, RunEnd},
        rules::Schedule,
    },
};

/// A handle to a run that [`Scheduler::trigger`] asked for. Dropping it does not end the run.
#[derive(Debug)]
pub struct RunHandle(oneshot::Receiver<RunEnd>);

impl RunHandle {
    /// Waits for the end of the run.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future does not end the run.
    pub async fn end(self) -> RunEnd {
        self.0.await.unwrap_or(RunEnd::Aborted)
    }
}

/// How long [`Scheduler::stop`] waits for runs before it cancels them.
const PATIENCE: Duration = Duration::from_secs(30);

impl Scheduler {
    /// Starts the scheduler as a task of the present runtime, and returns. Slots from the time before are not caught
    /// up.
    ///
    /// If that runtime is shut down, the runs under way are dropped and nothing fires any more. To start the scheduler
    /// on another runtime, [`stop`](Self::stop) it first.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::AlreadyRunning`], [`SchedulerError::Stopping`].
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime, or in one without timers.
    pub async fn start(&self) -> Result<(), SchedulerError> {
        // Without timers this panics, and nobody would see the driver do so.
        drop(tokio::time::sleep(Duration::ZERO));
        let epoch = Epoch::new(Handle::current());
        // Tracked before anybody can stop it, so that a stop waits for it.
        let driver = epoch.tracker.track_future(drive(Arc::clone(&self.shared), epoch.clone()));
        self.shared.with(|state, _| {
            match state.phase {
                Phase::Idle => state.phase = Phase::Running(epoch.clone()),
                Phase::Running(_) => return Err(SchedulerError::AlreadyRunning),
                Phase::Stopping(_) => return Err(SchedulerError::Stopping),
            }
            let times = state.times;
            let mut indices = Vec::new();
            for (index, entry) in state.entries() {
                entry.course.begin_again(&entry.schedule, times.now(entry.schedule.pace()));
                indices.push(index);
            }
            indices.into_iter().for_each(|index| state.replan(index));
            Ok(())
        })?;
        epoch.runtime.spawn(driver);
        Ok(())
    }

    /// Asks for a run now, even if the schedule is paused. This does not move the slots of the schedule.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::UnknownId`]; [`SchedulerError::NotRunning`] and [`SchedulerError::Stopping`];
    /// [`SchedulerError::Overlap`] if the overlap policy refuses it.
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

    /// Fires no slots of a schedule until [`resume`](Self::resume). A run under way goes on; slots that wait for its end
    /// are skipped.
    ///
    /// # Errors
    ///
    /// [`SchedulerError::UnknownId`].
    pub async fn pause(&self, id: &str) -> Result<(), SchedulerError> {
        self.shared.with(|state, effects| {
            let index = state.find(id)?;
            let Some(entry) = state.entry(index).filter(|entry| entry.mode != Mode::Paused) else {
                return Ok(());
            };
            entry.mode = Mode::Paused;
            state.note(Some(index), Happened::Paused);
            state.skip_waiting(index, false, SkipReason::Paused, effects);
            state.replan(index);
            Ok(())
        })
    }

    /// Resumes a schedule that was paused or has tripped. Slots from the time in between are not caught up.
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
                record.summary.failures_in_a_row = 0;
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
            state.forget_id(index);
            let Some(entry) = state.entry(index) else { return Ok(()) };
            entry.mode = Mode::Removed;
            state.skip_waiting(index, true, SkipReason::Stopped, effects);
            state.replan(index);
            state.forget_if_over(index, effects);
            Ok(())
        })
    }

    /// Replaces the trigger and the rules of a schedule. Its counts and its history stay; the new trigger begins now.
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
            state.replan(index);
            effects.wake_driver();
            Ok(old)
        })?;
        Ok(())
    }

    /// Stops the scheduler: it fires nothing more, waits up to 30 s for the runs under way, then cancels those that are
    /// left, and drops those that have not ended 5 s later.
    ///
    /// When it returns, nothing is running any more. [`start`](Self::start) starts the scheduler again.
    ///
    /// ```
    /// use cano::prelude::*;
    ///
    /// #[task]
    /// async fn write() -> CanoResult<()> {
    ///     tokio::time::sleep(Duration::from_secs(20)).await;
    ///     Ok(())
    /// }
    ///
    /// workflow! {
    ///     enum Reporting {
    ///         #[start] Write = write >> Written,
    ///         #[exit] Written,
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread", start_paused = true)]
    /// # async fn main() -> CanoResult<()> {
    /// let scheduler = Scheduler::new();
    /// scheduler.cron("report", Reporting::workflow(), "0 0 9 * * *")?;
    /// scheduler.start().await?;
    /// scheduler.trigger("report").await?;
    ///
    /// // A program waits for its end here, as by `tokio::signal::ctrl_c().await`.
    /// tokio::time::sleep(Duration::from_secs(1)).await;
    /// let report = scheduler.stop().await?;
    /// assert_eq!(report.completed, ["report"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`SchedulerError::NotRunning`].
    ///
    /// # Cancel safety
    ///
    /// If the future is dropped, the scheduler fires nothing more, and another call continues to wait. A run must not
    /// await it, since it would wait for itself.
    pub async fn stop(&self) -> Result<StopReport, SchedulerError> {
        self.stop_with_timeout(PATIENCE).await
    }

    /// Stops as [`stop`](Self::stop) does, but waits up to `patience` before it cancels. A run that was cancelled has 5
    /// s to end before it is dropped.
    ///
    /// Several calls at once are one stop: the shortest patience counts, and all of them have the same report.
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
}
