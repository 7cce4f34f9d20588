use super::{
    contained::contained,
    course::Course,
    entry::{Entry, Mode},
    info::{FlowInfo, Status},
    record::Summary,
    rules::Schedule,
};

/// A schedule as it stands, taken under the lock. What users read is made of it without: that asks the trigger for its
/// next slot, and an error for its words.
pub(super) struct Snapshot {
    id: String,
    schedule: Schedule,
    mode: Mode,
    running: usize,
    waiting: usize,
    summary: Summary,
    /// Of one that fires.
    course: Option<Course>,
}

impl Snapshot {
    pub(super) fn new(entry: &Entry, is_running: bool) -> Self {
        let fires = is_running && entry.mode == Mode::Active;
        Self {
            id: entry.id.to_string(),
            schedule: entry.schedule.clone(),
            mode: entry.mode,
            running: entry.running(),
            waiting: entry.runs.as_ref().map_or(0, |runs| runs.waiting.len()),
            summary: entry.record.as_ref().map(|record| record.summary.clone()).unwrap_or_default(),
            course: fires.then(|| entry.course.clone()),
        }
    }

    pub(super) fn into_info(self) -> FlowInfo {
        let Self { id, schedule, mode, running, waiting, summary, course } = self;
        let status = match mode {
            _ if running > 0 => Status::Running,
            Mode::Paused => Status::Paused,
            Mode::Tripped => Status::Tripped,
            Mode::Active | Mode::Removed => summary.status(),
        };
        // A trigger that panics has no further slots, and hides no other schedule.
        let next_slot = |course: Course| contained(|| course.upcoming(&schedule).next()).ok().flatten();
        let next_run = course.and_then(next_slot);
        FlowInfo {
            id,
            schedule,
            status,
            run_count: summary.runs,
            successes: summary.successes,
            failures: summary.failures,
            cancelled: summary.cancelled,
            missed: summary.missed,
            skipped: summary.skipped,
            held_back: summary.held_back,
            running,
            waiting,
            last_run: summary.last_start,
            last_duration: summary.last_duration,
            last_error: summary.last_error,
            next_run,
        }
    }
}
