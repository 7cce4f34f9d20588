use jiff::Timestamp;

use super::Scheduler;
use crate::schedule::{
    entry::Mode, error::SchedulerError, info::FlowInfo, record::EndedRun, snapshot::Snapshot, state::State,
};

impl Scheduler {
    /// The state and the counts of a schedule; `None` if there is no schedule with this id.
    pub async fn status(&self, id: &str) -> Option<FlowInfo> {
        self.infos(|state| state.index_of(id).into_iter().collect()).pop()
    }

    /// The state and the counts of every schedule, in the order of their ids.
    pub async fn list(&self) -> Vec<FlowInfo> {
        let mut infos = self.infos(State::indices);
        infos.sort_by(|a, b| a.id.cmp(&b.id));
        infos
    }

    /// The last runs of a schedule that have ended, the oldest first;
    /// [`Schedule::with_history`](super::Schedule::with_history) says how many are kept.
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

    /// The next `n` slots of a schedule, or fewer if there are no more. If the scheduler is stopped, these are the
    /// slots as if it were started now; for a fixed delay, as if a run took no time.
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

    fn infos(&self, choose: impl FnOnce(&State) -> Vec<u32>) -> Vec<FlowInfo> {
        let found: Vec<Snapshot> = self.shared.with(|state, _| {
            let is_running = state.phase.is_running();
            let chosen = choose(state);
            let snapshot = |index| Some(Snapshot::new(state.entry(index)?, is_running));
            chosen.into_iter().filter_map(snapshot).collect()
        });
        found.into_iter().map(Snapshot::into_info).collect()
    }
}
