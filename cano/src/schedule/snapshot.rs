use super::{
    course::Course,
    entry::{Entry, Mode},
    info::{FlowInfo, Status},
    record::Record,
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
    record: Record,
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
            record: entry.record.as_deref().cloned().unwrap_or_default(),
            course: fires.then(|| entry.course.clone()),
        }
    }

    pub(super) fn into_info(self) -> FlowInfo {
        let Self { id, schedule, mode, running, waiting, record, course } = self;
        let status = match mode {
            _ if running > 0 => Status::Running,
            Mode::Paused => Status::Paused,
            Mode::Tripped => Status::Tripped,
            Mode::Active | Mode::Removed => record.status(),
        };
        let next_run = course.and_then(|course| course.upcoming(&schedule).next());
        FlowInfo {
            id,
            schedule,
            status,
            run_count: record.runs,
            successes: record.successes,
            failures: record.failures,
            cancelled: record.cancelled,
            missed: record.missed,
            skipped: record.skipped,
            held_back: record.held_back,
            running,
            waiting,
            last_run: record.last_start,
            last_duration: record.last_duration,
            last_error: record.last_error,
            next_run,
        }
    }
}
