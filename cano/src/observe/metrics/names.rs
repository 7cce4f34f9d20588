use metrics::{Unit, describe_counter, describe_gauge, describe_histogram};

pub(super) const RUNS: &str = "cano_runs_total";
pub(super) const RUN_DURATION: &str = "cano_run_duration_seconds";
pub(super) const RUNS_ACTIVE: &str = "cano_runs_active";
pub(super) const STATE_DURATION: &str = "cano_state_duration_seconds";
pub(super) const ATTEMPTS: &str = "cano_attempts_total";
pub(super) const RETRIES: &str = "cano_retries_total";
pub(super) const UNDOS: &str = "cano_undos_total";
pub(super) const SCHEDULE_LAG: &str = "cano_schedule_lag_seconds";
pub(super) const SLOTS_MISSED: &str = "cano_slots_missed_total";
pub(super) const SLOTS_SKIPPED: &str = "cano_slots_skipped_total";

/// One thing that [`Metrics`](crate::Metrics) measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Metric {
    /// Its name.
    pub name: &'static str,
    /// Counter, gauge or histogram. The unit of a histogram is seconds; the others are counts.
    pub kind: MetricKind,
    /// The keys of its labels.
    pub labels: &'static [&'static str],
    /// What it is.
    pub description: &'static str,
}

/// The kind of a [`Metric`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MetricKind {
    /// It only grows.
    Counter,
    /// It goes up and down.
    Gauge,
    /// A distribution of durations.
    Histogram,
}

#[rustfmt::skip]
pub(super) const ALL: &[Metric] = &[
    Metric::new(RUNS, MetricKind::Counter, &["workflow", "end"], "runs that ended"),
    Metric::new(RUN_DURATION, MetricKind::Histogram, &["workflow", "end"], "how long a run took, with its undos"),
    Metric::new(RUNS_ACTIVE, MetricKind::Gauge, &["workflow"], "runs that have begun and not ended"),
    Metric::new(STATE_DURATION, MetricKind::Histogram, &["workflow", "state", "end"], "how long a run was in a state, with all attempts and waits"),
    Metric::new(ATTEMPTS, MetricKind::Counter, &["workflow", "task", "result"], "attempts that ended"),
    Metric::new(RETRIES, MetricKind::Counter, &["workflow", "task"], "attempts after the first one"),
    Metric::new(UNDOS, MetricKind::Counter, &["workflow", "state", "result"], "steps of failed runs that were undone, or could not be"),
    Metric::new(SCHEDULE_LAG, MetricKind::Histogram, &["schedule"], "how long after its slot a run began"),
    Metric::new(SLOTS_MISSED, MetricKind::Counter, &["schedule"], "slots that nothing could fire when they were due"),
    Metric::new(SLOTS_SKIPPED, MetricKind::Counter, &["schedule", "reason"], "slots that started no run"),
];

impl Metric {
    const fn new(
        name: &'static str,
        kind: MetricKind,
        labels: &'static [&'static str],
        description: &'static str,
    ) -> Self {
        Self { name, kind, labels, description }
    }

    /// Tells the recorder unit and description.
    pub(super) fn describe(&self) {
        match self.kind {
            MetricKind::Counter => describe_counter!(self.name, Unit::Count, self.description),
            MetricKind::Gauge => describe_gauge!(self.name, Unit::Count, self.description),
            MetricKind::Histogram => describe_histogram!(self.name, Unit::Seconds, self.description),
        }
    }
}
