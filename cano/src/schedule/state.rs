//! What the driver, the handles and the runs share.
//!
//! 1. One lock guards it. It is held for no longer than it takes to change it, and no code of a user runs under it: not
//!    a trigger, a clock, a workflow, a drop of one of them.
//! 2. What has to be done outside of the lock is collected in [`Effects`].
//! 3. A command takes effect when the lock is released: there is no queue between a handle and the driver in which one
//!    could be lost, or outlive a stop. The driver is only told to look.
//! 4. Only [`State::start_run`] starts a run; it is counted as under way before it is spawned.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use tokio::{runtime::Handle, sync::Notify, sync::oneshot, time::Instant};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    clock::{Clock, Times, read},
    entry::{Entry, Mode, Turn, UnderWay, Waiting},
    error::SchedulerError,
    nanos::Nanos,
    record::{EndedRun, Happened, RunEnd},
    run::{Launch, Reporter},
    runnable::Slot,
    stop::StopReport,
    trigger::Pace,
};
use crate::define::{cx::RunId, error::CanoError, options::RunOptions};

pub(super) struct Shared {
    pub(super) clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

pub(super) struct State {
    pub(super) phase: Phase,
    /// By index, which the timers and the runs know. Boxed, because half of a vector may be room to grow.
    entries: Vec<Option<Box<Entry>>>,
    free: Vec<u32>,
    pub(super) ids: HashMap<Arc<str>, u32>,
    /// By the steady clock.
    pub(super) timers: BTreeSet<(Nanos, u32)>,
    /// Those whose next slot is to be looked for.
    pub(super) to_plan: Vec<u32>,
    pub(super) times: Times,
    /// What the clock showed when it was last set forward.
    pub(super) landing: Option<Timestamp>,
    pub(super) report: StopReport,
    versions: u32,
}

#[derive(Clone)]
pub(super) enum Phase {
    Idle,
    Running(Epoch),
    Stopping(Epoch),
}

/// From a start to a stop.
#[derive(Clone)]
pub(super) struct Epoch {
    pub(super) runtime: Handle,
    /// The driver and the runs.
    pub(super) tracker: TaskTracker,
    /// Tells the driver to look.
    pub(super) changed: Arc<Notify>,
    /// Cancels the runs.
    pub(super) cancel: CancellationToken,
    /// Drops them.
    pub(super) abort: CancellationToken,
}

/// What is done when the lock is released.
#[derive(Default)]
pub(super) struct Effects {
    launches: Vec<Launch>,
    replies: Vec<(oneshot::Sender<RunEnd>, RunEnd)>,
    /// Only to be dropped.
    pub(super) dropped: Vec<Box<Entry>>,
    errors: Vec<CanoError>,
    wakes_driver: bool,
}

impl Shared {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        let times = Times::begin(read(&*clock));
        let state = State {
            phase: Phase::Idle,
            entries: Vec::new(),
            free: Vec::new(),
            ids: HashMap::new(),
            timers: BTreeSet::new(),
            to_plan: Vec::new(),
            times,
            landing: None,
            report: StopReport::default(),
            versions: 0,
        };
        Self { clock, state: Mutex::new(state) }
    }

    /// Changes the state at the present time, then does what follows.
    pub(super) fn with<T>(self: &Arc<Self>, change: impl FnOnce(&mut State, &mut Effects) -> T) -> T {
        let reading = read(&*self.clock);
        let mut effects = Effects::default();
        let mut state = self.lock();
        state.look(reading);
        let changed = change(&mut state, &mut effects);
        let driver =
            effects.wakes_driver.then(|| state.phase.epoch().map(|epoch| Arc::clone(&epoch.changed)));
        drop(state);
        if let Some(Some(driver)) = driver {
            driver.notify_one();
        }
        for (reply, end) in effects.replies {
            // Nobody has to await a run.
            let _ = reply.send(end);
        }
        for launch in effects.launches {
            launch.spawn(Arc::clone(self));
        }
        changed
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code of a user runs under it, so nothing is half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Phase {
    pub(super) fn epoch(&self) -> Option<&Epoch> {
        match self {
            Self::Idle => None,
            Self::Running(epoch) | Self::Stopping(epoch) => Some(epoch),
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self, Self::Running(_))
    }
}

impl Effects {
    pub(super) fn wake_driver(&mut self) {
        self.wakes_driver = true;
    }

    pub(super) fn cancel(&mut self, waiting: Waiting) {
        if let Some(reply) = waiting.by_hand {
            self.replies.push((reply, RunEnd::Cancelled));
        }
    }
}

impl State {
    /// Takes a reading of the clocks in.
    fn look(&mut self, reading: (Timestamp, Instant)) {
        let Some(set_by) = self.times.go_on(reading) else { return };
        self.note(None, Happened::ClockSet(set_by));
        if set_by > SignedDuration::ZERO {
            self.landing = Some(self.times.wall);
            return;
        }
        let wall = self.times.wall;
        let on_the_wall = |(index, entry): (u32, &mut Entry)| {
            (entry.schedule.pace() == Pace::Wall && entry.mode == Mode::Active).then(|| {
                entry.course.set_back(wall);
                index
            })
        };
        let set_back: Vec<u32> = self.entries().filter_map(on_the_wall).collect();
        set_back.into_iter().for_each(|index| self.replan(index));
    }

    /// The one place at which things are noted: of a schedule, or of all.
    pub(super) fn note(&mut self, index: Option<u32>, happened: Happened) {
        let Some(entry) = index.and_then(|index| self.entry(index)) else { return };
        if happened.is_counted() {
            let keep = entry.schedule.rules().history;
            entry.record.get_or_insert_default().note(happened, keep);
        }
    }

    pub(super) fn insert(&mut self, entry: Box<Entry>) {
        let id = Arc::clone(&entry.id);
        let index = match self.free.pop() {
            Some(index) => {
                self.entries[index as usize] = Some(entry);
                index
            }
            None => {
                self.entries.push(Some(entry));
                u32::try_from(self.entries.len() - 1).expect("there are fewer than 2^32 schedules")
            }
        };
        self.ids.insert(id, index);
        self.note(Some(index), Happened::Added);
        self.replan(index);
    }

    pub(super) fn find(&mut self, id: &str) -> Result<u32, SchedulerError> {
        self.ids.get(id).copied().ok_or_else(|| SchedulerError::UnknownId { id: id.to_owned() })
    }

    pub(super) fn entry(&mut self, index: u32) -> Option<&mut Entry> {
        self.entries.get_mut(index as usize)?.as_deref_mut()
    }

    pub(super) fn entries(&mut self) -> impl Iterator<Item = (u32, &mut Entry)> {
        self.entries
            .iter_mut()
            .enumerate()
            .filter_map(|(index, entry)| Some((index as u32, entry.as_deref_mut()?)))
    }

    /// Removes the timer, makes plans void, and has the driver make a new one where the schedule is active.
    pub(super) fn replan(&mut self, index: u32) {
        self.versions = self.versions.wrapping_add(1);
        let (version, is_running) = (self.versions, self.phase.is_running());
        let Some(entry) = self.entry(index) else { return };
        entry.version = version;
        let is_active = entry.mode == Mode::Active;
        if let Some(timer) = entry.timer.take() {
            self.timers.remove(&(timer, index));
        }
        if is_active && is_running {
            self.to_plan.push(index);
        }
    }

    pub(super) fn set_timer(&mut self, index: u32, at: Timestamp) {
        if let Some(entry) = self.entry(index) {
            entry.timer = Some(at.into());
            self.timers.insert((at.into(), index));
        }
    }

    /// Asks the overlap policy for a run, and starts it if it may.
    pub(super) fn request(
        &mut self,
        index: u32,
        waiting: Waiting,
        effects: &mut Effects,
    ) -> Result<(), SchedulerError> {
        let Some(entry) = self.entry(index) else { return Ok(()) };
        match entry.turn(waiting) {
            Turn::Now(waiting) => self.start_run(index, waiting, effects),
            Turn::Waits { instead_of: None } => {}
            Turn::Waits { instead_of: Some(replaced) } => {
                effects.cancel(replaced);
                self.note(Some(index), Happened::Overlapped);
            }
            Turn::Refused => {
                let id = entry.id.to_string();
                self.note(Some(index), Happened::Overlapped);
                return Err(SchedulerError::Overlap { id });
            }
        }
        Ok(())
    }

    fn start_run(&mut self, index: u32, waiting: Waiting, effects: &mut Effects) {
        let now = self.times.wall;
        let Some(epoch) = self.phase.epoch().cloned() else { return effects.cancel(waiting) };
        let Some(entry) = self.entry(index) else { return };
        let (token, run_id) = (epoch.cancel.child_token(), RunId::next());
        let mut options = RunOptions::new().with_cancellation(token.clone()).with_run_id(run_id);
        if let Some(timeout) = entry.schedule.rules().timeout {
            options = options.with_timeout(timeout);
        }
        let runs = entry.runs.get_or_insert_default();
        runs.under_way.push(UnderWay { run_id, token: token.clone() });
        let is_by_hand = waiting.by_hand.is_some();
        let slot = Slot { id: Arc::clone(&entry.id), time: waiting.slot, started: now, is_by_hand, run_id };
        let runnable = Arc::clone(&entry.runnable);
        self.note(Some(index), Happened::Started { at: now });
        let reporter = Reporter::new(index, slot.clone(), waiting.by_hand, token, &epoch);
        effects.launches.push(Launch { runtime: epoch.runtime, runnable, slot, options, reporter });
    }

    /// A run has ended, so that another one may start.
    pub(super) fn ended(
        &mut self,
        index: u32,
        run: EndedRun,
        by_hand: Option<oneshot::Sender<RunEnd>>,
        effects: &mut Effects,
    ) {
        let (steady, is_stopping) = (self.times.steady, matches!(self.phase, Phase::Stopping(_)));
        let Some(entry) = self.entry(index) else { return };
        if let Some(runs) = &mut entry.runs {
            runs.under_way.retain(|other| other.run_id != run.run_id);
        }
        if let Some(reply) = by_hand {
            effects.replies.push((reply, run.end.clone()));
        }
        let (end, is_by_hand, id) = (run.end.clone(), run.is_by_hand, Arc::clone(&entry.id));
        effects.errors.extend(entry.record.iter().flat_map(|record| record.displaced()));
        self.note(Some(index), Happened::Ended(run));
        let Some(entry) = self.entry(index) else { return };
        let tripped = matches!(end, RunEnd::Failed(_)) && entry.failed();
        let dropped = if tripped { entry.drop_waiting(false) } else { Vec::new() };
        let counts_from_here = entry.schedule.pace() == Pace::AfterRun && !is_by_hand;
        if counts_from_here {
            entry.course.run_ended(steady);
        }
        if is_stopping {
            self.report.note(&id, &end);
        }
        dropped.into_iter().for_each(|waiting| effects.cancel(waiting));
        if tripped {
            self.note(Some(index), Happened::Tripped);
        }
        if tripped || counts_from_here {
            self.replan(index);
            effects.wake_driver();
        }
        while let Some(waiting) = self.entry(index).and_then(Entry::next_waiting) {
            self.start_run(index, waiting, effects);
        }
        if let Some(entry) = self.entry(index) {
            entry.drop_idle_runs();
        }
        self.forget_if_over(index, effects);
    }

    /// Drops a removed schedule when its last run is over.
    pub(super) fn forget_if_over(&mut self, index: u32, effects: &mut Effects) {
        let is_over = |entry: &mut Entry| entry.mode == Mode::Removed && entry.running() == 0;
        if self.entry(index).is_some_and(is_over) {
            effects.dropped.extend(self.entries[index as usize].take());
            self.free.push(index);
        }
    }
}
