//! The metrics of schedules.

use std::collections::BTreeMap;

use cano::{Metrics, prelude::*};
use metrics_util::debugging::{DebugValue, DebuggingRecorder};

use super::{SECOND, Watch, hours, noting, pass};
use crate::log::Log;

#[test]
fn the_slots_of_schedules_are_measured() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(async {
            let clock = Watch::at("2026-01-01T00:30:00Z");
            let scheduler = Scheduler::with_clock(clock.clone()).with_observer(Metrics::new());
            scheduler.cron("job", noting(&Log::new(), 90 * 60 * SECOND), "0 0 * * * *").unwrap();
            scheduler.start().await.unwrap();
            clock.set_by(hours(2));
            pass(60 * SECOND).await;
            pass(45 * 60 * SECOND).await;
        });
    });

    let measured: BTreeMap<_, _> = snapshotter
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, _, _, value)| {
            let key = key.key();
            let labels: Vec<_> = key.labels().map(|label| label.value().to_owned()).collect();
            let value = match value {
                DebugValue::Counter(count) => count.to_string(),
                DebugValue::Histogram(values) => format!("{} values", values.len()),
                DebugValue::Gauge(value) => value.to_string(),
            };
            (format!("{} {}", key.name(), labels.join(" ")), value)
        })
        .collect();
    let expected = [
        ("cano_schedule_lag_seconds job", "1 values"),
        ("cano_slots_missed_total job", "1"),
        ("cano_slots_skipped_total job overlap", "1"),
    ];
    assert_eq!(measured, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
}
