//! The one task that fires slots. It sleeps until the first timer, or until it is told to look.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::time::{Instant, timeout_at};

use super::{
    contained::{contained, drop_contained},
    course::{Course, Due},
    entry::{Mode, Waiting},
    epoch::Epoch,
    record::Happened,
    rules::Schedule,
    shared::{Effects, Shared},
    state::State,
    times::Times,
    trigger::Pace,
};
use crate::define::{error::CanoError, event::SkipReason};

/// So many schedules are looked at before others may run.
const BATCH: usize = 256;

enum Wake {
    Never,
    At(Instant),
    AtOnce,
    /// The scheduler was stopped.
    Over,
}

/// What is worked out without the lock, because it asks the user's trigger.
struct Plan {
    index: u32,
    version: u32,
    seed: u64,
    schedule: Schedule,
    course: Course,
    due: Due,
    panicked: Option<CanoError>,
}

pub(super) async fn drive(shared: Arc<Shared>, epoch: Epoch) {
    loop {
        let told = epoch.changed.notified();
        match tick(&shared, &epoch) {
            Wake::Never => told.await,
            // Whether it was told or the time has come: it looks.
            Wake::At(time) => drop(timeout_at(time, told).await),
            Wake::AtOnce => tokio::task::yield_now().await,
            Wake::Over => return,
        }
    }
}

fn tick(shared: &Arc<Shared>, epoch: &Epoch) -> Wake {
    let Some((mut plans, times, landing)) = shared.with(|state, _| {
        state.phase.is_running_in(epoch).then(|| (state.take_plans(), state.times, state.landing))
    }) else {
        return Wake::Over;
    };
    for plan in &mut plans {
        plan.work_out(times, landing);
    }
    let trusted_for = shared.trusted_for();
    let wake = shared.with(|state, effects| {
        if !state.phase.is_running_in(epoch) {
            return Wake::Over;
        }
        plans.iter_mut().for_each(|plan| state.apply(plan, effects));
        state.wake(trusted_for)
    });
    // The last of a trigger may go with a plan.
    drop_contained(plans);
    wake
}

impl Plan {
    fn work_out(&mut self, times: Times, landing: Option<Timestamp>) {
        let Self { schedule, course, seed, .. } = self;
        let result = contained(|| match schedule.pace() {
            Pace::Wall => course.due(schedule, times.wall, landing, *seed),
            _ => course.due(schedule, times.now(schedule.pace()), None, *seed),
        });
        match result {
            Ok(due) => self.due = due,
            Err(panic) => self.panicked = Some(panic),
        }
    }
}

impl State {
    /// Those that are to be planned, and those whose time has come.
    fn take_plans(&mut self) -> Vec<Plan> {
        let mut indices = self.to_plan.split_off(self.to_plan.len().saturating_sub(BATCH));
        while indices.len() < BATCH
            && let Some(index) = self.take_due()
        {
            indices.push(index);
        }
        let plan = |index| {
            // One that is listed twice has one plan that counts, the last.
            let (version, seed) = (self.void_plans(index), self.seed_of(index));
            let entry = self.entry(index).filter(|entry| entry.mode == Mode::Active)?;
            let (schedule, course) = (entry.schedule.clone(), entry.course.clone());
            Some(Plan { index, version, seed, schedule, course, due: Due::default(), panicked: None })
        };
        indices.into_iter().filter_map(plan).collect()
    }

    fn apply(&mut self, plan: &mut Plan, effects: &mut Effects) {
        let index = plan.index;
        let Some(entry) = self.entry(index).filter(|entry| entry.version == plan.version) else { return };
        std::mem::swap(&mut entry.course, &mut plan.course);
        if let Some(error) = plan.panicked.take() {
            return self.note(Some(index), Happened::TriggerPanicked(error));
        }
        let due = std::mem::take(&mut plan.due);
        if due.missed > 0 {
            self.note(Some(index), Happened::Missed(due.missed));
        }
        for slot in due.fire {
            if self.entry(index).is_some_and(|entry| entry.is_held_back()) {
                let reason = SkipReason::Backoff;
                self.note(Some(index), Happened::Skipped { slot: Some(slot), reason });
            } else {
                // One that is refused has been noted.
                let _ = self.request(index, Waiting { slot, by_hand: None }, effects);
            }
        }
        let pace = plan.schedule.pace();
        let waits =
            pace == Pace::AfterRun && self.entry(index).is_some_and(|entry| entry.has_run_of_a_slot());
        if let Some(next) = due.next.filter(|_| !waits) {
            let at = if pace == Pace::Wall { self.times.steady_at(next.fires) } else { next.fires };
            self.set_timer(index, at);
        }
    }

    fn wake(&mut self, trusted_for: Option<Duration>) -> Wake {
        if !self.to_plan.is_empty() {
            return Wake::AtOnce;
        }
        let left = match self.first_timer() {
            Some(at) => at.duration_since(self.times.steady).max(SignedDuration::ZERO).unsigned_abs(),
            // One whose slots are over may have some again if the clock is set back.
            None if self.follows_the_wall() => Duration::MAX,
            None => return Wake::Never,
        };
        if left.is_zero() {
            return Wake::AtOnce;
        }
        let sleep = trusted_for.map_or(left, |trusted| left.min(trusted));
        self.times.read.checked_add(sleep).map_or(Wake::Never, Wake::At)
    }

    fn follows_the_wall(&mut self) -> bool {
        self.entries().any(|(_, entry)| entry.mode == Mode::Active && entry.schedule.pace() == Pace::Wall)
    }
}
