//! The end of a scheduler.

use std::{sync::Arc, time::Duration};

use tokio::time::timeout;

use super::{
    epoch::{Epoch, Phase, StopReport},
    error::SchedulerError,
    shared::Shared,
};

/// How long a run that was cancelled may take to end, before it is dropped.
const CANCELLATION: Duration = Duration::from_secs(5);

impl Shared {
    /// Ends new fires, waits, cancels, aborts. Dropped in between, it leaves the scheduler as one that is being
    /// stopped, and another call goes on with it.
    pub(super) async fn stop(self: &Arc<Self>, patience: Duration) -> Result<StopReport, SchedulerError> {
        let epoch = self.begin_stop()?;
        epoch.tracker.close();
        if timeout(patience, epoch.tracker.wait()).await.is_err() {
            self.cancel_all(&epoch);
            if timeout(CANCELLATION, epoch.tracker.wait()).await.is_err() {
                epoch.abort.cancel();
                epoch.tracker.wait().await;
            }
        }
        // Whoever else awaits this stop may have come first, and have started it again.
        self.with(|state, _| {
            if state.phase.is_stopping_in(&epoch) {
                state.phase = Phase::Idle;
            }
        });
        Ok(epoch.report().clone())
    }

    fn begin_stop(self: &Arc<Self>) -> Result<Epoch, SchedulerError> {
        self.with(|state, effects| {
            let epoch = match &state.phase {
                Phase::Idle => return Err(SchedulerError::NotRunning),
                Phase::Stopping(epoch) => return Ok(epoch.clone()),
                Phase::Running(epoch) => epoch.clone(),
            };
            state.phase = Phase::Stopping(epoch.clone());
            state.clear_timers();
            state.to_plan.clear();
            // A trigger by hand that was accepted keeps its turn.
            state.skip_all_waiting(false, effects);
            effects.wake_driver();
            Ok(epoch)
        })
    }

    fn cancel_all(self: &Arc<Self>, epoch: &Epoch) {
        self.with(|state, effects| {
            if state.phase.is_stopping_in(epoch) {
                state.skip_all_waiting(true, effects);
            }
        });
        epoch.cancel.cancel();
    }

    /// Ends everything without waiting: nobody is there any more who could stop it.
    pub(super) fn abandon(self: &Arc<Self>) {
        let epoch = self.with(|state, effects| {
            state.skip_all_waiting(true, effects);
            match std::mem::replace(&mut state.phase, Phase::Idle) {
                Phase::Idle => None,
                Phase::Running(epoch) | Phase::Stopping(epoch) => Some(epoch),
            }
        });
        if let Some(epoch) = epoch {
            epoch.cancel.cancel();
            epoch.abort.cancel();
            epoch.changed.notify_one();
        }
    }
}
