//! The schedules and their timers.

mod ids;
mod runs;
mod timers;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use self::{
    ids::Ids,
    timers::{Timer, Timers, growth},
};
use super::{
    entry::{Entry, Mode},
    epoch::Phase,
    error::SchedulerError,
    record::Happened,
    times::Times,
    told::Outbox,
    trigger::Pace,
};
use crate::define::error::CanoError;

pub(super) struct State {
    pub(super) phase: Phase,
    /// By index, which the timers and the runs know. Boxed, because a third of a vector may be room to grow.
    entries: Vec<Option<Box<Entry>>>,
    free: Vec<u32>,
    ids: Ids,
    /// By the steady clock.
    timers: Timers,
    /// Those whose next slot is to be looked for.
    pub(super) to_plan: Vec<u32>,
    pub(super) times: Times,
    /// Whether the clock on the wall panicked when it was last read.
    has_clock_panicked: bool,
    /// What the clock showed when it was last set forward.
    pub(super) landing: Option<Timestamp>,
    pub(super) outbox: Outbox,
    /// Errors that are to be dropped without the lock.
    pub(super) displaced: Vec<CanoError>,
    versions: u32,
    seed: u64,
}

impl State {
    pub(super) fn new(times: Times) -> Self {
        Self {
            phase: Phase::Idle,
            entries: Vec::new(),
            free: Vec::new(),
            ids: Ids::new(),
            timers: Timers::new(),
            to_plan: Vec::new(),
            times,
            has_clock_panicked: false,
            landing: None,
            outbox: Outbox::new(),
            displaced: Vec::new(),
            versions: 0,
            seed: fastrand::u64(..),
        }
    }

    /// Takes a reading of the clocks in, or the panic of the one on the wall, which then is taken to go on; whether that
    /// was set.
    pub(super) fn look(&mut self, reading: Result<(Timestamp, Instant), CanoError>) -> bool {
        let has_panicked = std::mem::replace(&mut self.has_clock_panicked, reading.is_err());
        let reading = reading.unwrap_or_else(|panic| {
            if !has_panicked {
                self.note(None, Happened::ClockPanicked(panic));
            }
            self.times.expected()
        });
        let Some(set_by) = self.times.go_on(reading) else { return false };
        self.note(None, Happened::ClockSet(set_by));
        if set_by > SignedDuration::ZERO {
            self.landing = Some(self.times.wall);
            return true;
        }
        self.landing = None;
        let wall = self.times.wall;
        let on_the_wall = |(index, entry): (u32, &mut Entry)| {
            (entry.schedule.pace() == Pace::Wall && entry.mode == Mode::Active).then(|| {
                entry.course.set_back(wall);
                index
            })
        };
        let set_back: Vec<u32> = self.entries().filter_map(on_the_wall).collect();
        set_back.into_iter().for_each(|index| self.replan(index));
        true
    }

    /// The one place at which things are noted: of a schedule, or of all.
    pub(super) fn note(&mut self, index: Option<u32>, happened: Happened) {
        if self.outbox.is_wanted() {
            let id = index.and_then(|index| self.entry(index)).map(|entry| Arc::from(&*entry.id));
            self.outbox.put(id, happened.clone());
        }
        let Some(entry) = index.and_then(|index| self.entry(index)) else { return };
        if happened.is_counted() {
            let keep = entry.schedule.rules().history;
            let displaced = entry.record.get_or_insert_default().note(happened, keep);
            self.displaced.extend(displaced);
        }
    }

    pub(super) fn insert(&mut self, entry: Box<Entry>) {
        let index = match self.free.pop() {
            Some(index) => {
                self.entries[index as usize] = Some(entry);
                index
            }
            None => {
                if self.entries.len() == self.entries.capacity() {
                    self.entries.reserve_exact(growth(self.entries.len()));
                }
                self.entries.push(Some(entry));
                u32::try_from(self.entries.len() - 1).expect("there are fewer than 2^32 schedules")
            }
        };
        self.ids.insert(index, &self.entries);
        self.replan(index);
    }

    pub(super) fn find(&mut self, id: &str) -> Result<u32, SchedulerError> {
        self.index_of(id).ok_or_else(|| SchedulerError::UnknownId { id: id.to_owned() })
    }

    pub(super) fn index_of(&self, id: &str) -> Option<u32> {
        self.ids.find(id, &self.entries)
    }

    /// Those of all schedules that were not removed.
    pub(super) fn indices(&self) -> Vec<u32> {
        self.ids.all()
    }

    /// From now on another schedule may have its id.
    pub(super) fn forget_id(&mut self, index: u32) {
        self.ids.remove(index, &self.entries);
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

    /// Makes plans void, and has the driver make a new one where the schedule is active.
    pub(super) fn replan(&mut self, index: u32) {
        self.void_plans(index);
        let is_running = self.phase.is_running();
        if is_running && self.entry(index).is_some_and(|entry| entry.mode == Mode::Active) {
            self.to_plan.push(index);
        }
    }

    /// Gives the schedule a version that no plan and no timer has.
    pub(super) fn void_plans(&mut self, index: u32) -> u32 {
        self.versions = self.versions.wrapping_add(1);
        let version = self.versions;
        if let Some(entry) = self.entry(index) {
            entry.version = version;
        }
        version
    }

    /// Sets the timer of a schedule, by the steady clock. It is void when the schedule's version changes.
    pub(super) fn set_timer(&mut self, index: u32, at: Timestamp) {
        if let Some(version) = self.entry(index).map(|entry| entry.version) {
            self.timers.set(Timer { at: at.into(), index, version }, &self.entries);
        }
    }

    /// That of the schedule's jitter.
    pub(super) fn seed_of(&self, index: u32) -> u64 {
        self.seed ^ u64::from(index).rotate_right(32)
    }

    pub(super) fn first_timer(&mut self) -> Option<Timestamp> {
        self.timers.first(&self.entries).map(|timer| timer.at.into())
    }

    /// A schedule whose time has come; its timer is gone.
    pub(super) fn take_due(&mut self) -> Option<u32> {
        self.timers.take_due(self.times.steady.into(), &self.entries)
    }

    pub(super) fn clear_timers(&mut self) {
        self.timers.clear();
    }
}
