//! What is measured, and under which names.

use std::collections::BTreeMap;

use cano::{CancellationToken, Metric, MetricKind, Metrics, RunOptions, prelude::*, testing::FailAt};
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshot};

use super::*;

/// What is measured while the runs go on, by name and labels: a number, or the durations in seconds.
fn measured<F: Future>(runs: impl FnOnce() -> F) -> BTreeMap<String, Vec<f64>> {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(async { runs().await });
    });
    values(snapshotter.snapshot())
}

fn values(snapshot: Snapshot) -> BTreeMap<String, Vec<f64>> {
    let all = snapshot.into_vec().into_iter().map(|(key, _, _, value)| {
        let key = key.key();
        let labels: Vec<_> = key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
        let value = match value {
            DebugValue::Counter(count) => vec![count as f64],
            DebugValue::Gauge(value) => vec![value.into_inner()],
            DebugValue::Histogram(values) => values.into_iter().map(|value| value.into_inner()).collect(),
        };
        (format!("{}{{{}}}", key.name(), labels.join(",")), value)
    });
    all.collect()
}

#[test]
fn the_runs_states_attempts_and_retries_of_a_workflow_are_measured() {
    let found = measured(|| async {
        let workflow = Search::workflow().with_observer(Metrics::new());
        for n in [0, 1, 9] {
            drop(workflow.orchestrate_from(Search::Look { n }, &MemoryStore::new()).await);
        }
    });

    let expected = [
        ("cano_attempts_total{workflow=Search,task=tell,result=succeeded}", vec![1.0]),
        ("cano_attempts_total{workflow=Search,task=work,result=failed}", vec![4.0]),
        ("cano_attempts_total{workflow=Search,task=work,result=succeeded}", vec![2.0]),
        ("cano_retries_total{workflow=Search,task=work}", vec![3.0]),
        ("cano_run_duration_seconds{workflow=Search,end=exit}", vec![1.0, 12.0, 23.0]),
        ("cano_runs_active{workflow=Search}", vec![0.0]),
        ("cano_runs_total{workflow=Search,end=exit}", vec![3.0]),
        ("cano_state_duration_seconds{workflow=Search,state=Look,end=caught}", vec![23.0]),
        ("cano_state_duration_seconds{workflow=Search,state=Look,end=outcome}", vec![1.0, 12.0]),
        ("cano_state_duration_seconds{workflow=Search,state=Tell,end=outcome}", vec![0.0]),
    ];
    assert_eq!(found, expected.map(|(name, values)| (name.to_owned(), values)).into());
}

#[test]
fn runs_are_counted_by_their_end_and_none_stays_active() {
    let found = measured(|| async {
        let faulty = Faulty::workflow().with_observer(Metrics::new());
        drop(faulty.orchestrate(&MemoryStore::new()).await);
        let search = Search::workflow().with_observer(Metrics::new());
        let run = search.orchestrate_from(Search::Look { n: 0 }, &MemoryStore::new()).await;
        drop(run);
        let store = MemoryStore::new();
        let dropped = search.orchestrate_from(Search::Look { n: 0 }, &store);
        drop(tokio::time::timeout(Duration::from_millis(1), dropped).await);
    });

    let of = |name: &str| found.get(name).cloned().unwrap_or_default();
    assert_eq!(of("cano_runs_total{workflow=Faulty,end=panicked}"), [1.0]);
    assert_eq!(of("cano_runs_total{workflow=Search,end=exit}"), [1.0]);
    assert_eq!(of("cano_runs_total{workflow=Search,end=dropped}"), [1.0]);
    assert_eq!(of("cano_runs_active{workflow=Search}"), [0.0]);
    assert_eq!(of("cano_runs_active{workflow=Faulty}"), [0.0]);
}

#[test]
fn a_run_is_active_from_its_first_poll_to_its_end() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    let active = || values(snapshotter.snapshot()).remove("cano_runs_active{workflow=Search}");
    metrics::with_local_recorder(&recorder, || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(async {
            let (workflow, store) = (Search::workflow().with_observer(Metrics::new()), MemoryStore::new());
            let mut run = std::pin::pin!(workflow.orchestrate_from(Search::Look { n: 0 }, &store));
            assert_eq!(active(), None);
            drop(tokio::time::timeout(Duration::from_millis(1), run.as_mut()).await);
            assert_eq!(active(), Some(vec![1.0]));
            drop(run.await);
            // A snapshot sets the gauge to 0: so this is what has changed since.
            assert_eq!(active(), Some(vec![-1.0]));
        });
    });
}

#[test]
fn the_state_in_which_a_run_ends_early_is_measured_with_the_end_and_without_the_undos() {
    let found = measured(|| async {
        let log = Log::new();
        let of = |workflow: Workflow<u32, Log>| workflow.with_name("Steps").with_observer(Metrics::new());
        let mut failing = of(Workflow::new(0));
        failing.register(0, To(1)).undo_by(0, waits {}).register(1, To(2));
        let (failing, mut waiting) = (failing.with_fault("1", FailAt::always()), of(Workflow::new(0)));
        waiting.register(0, To(1));
        waiting.register(1, Waits);
        drop(failing.orchestrate(&log).await);
        drop(waiting.clone().with_timeout(Duration::from_secs(3)).orchestrate(&log).await);
        drop(tokio::time::timeout(Duration::from_secs(5), waiting.orchestrate(&log)).await);
        let token = CancellationToken::new();
        token.cancel();
        drop(waiting.orchestrate_with(0, &log, RunOptions::new().with_cancellation(token)).await);
    });

    let states: Vec<_> = found.into_iter().filter(|(name, _)| name.starts_with("cano_state")).collect();
    let of = |end: &str| format!("cano_state_duration_seconds{{workflow=Steps,state={end}}}");
    assert_eq!(
        states,
        [
            (of("0,end=cancelled"), vec![0.0]),
            (of("0,end=outcome"), vec![1.0, 1.0, 1.0]),
            (of("1,end=dropped"), vec![4.0]),
            (of("1,end=failed"), vec![2.0]),
            (of("1,end=timed_out"), vec![2.0]),
        ]
    );
}

/// Takes a second, and leads to this state.
struct To(u32);

#[async_trait]
impl Task<u32, Log> for To {
    fn config(&self) -> TaskConfig {
        TaskConfig::with_fixed_retry(1, Duration::from_secs(2))
    }

    async fn run(&self, _: &Log) -> CanoResult<u32> {
        sleep(Duration::from_secs(1)).await;
        Ok(self.0)
    }
}

struct Waits;

#[async_trait]
impl Task<u32, Log> for Waits {
    async fn run(&self, _: &Log) -> CanoResult<u32> {
        std::future::pending().await
    }
}

#[test]
fn the_documentation_has_the_names_units_and_labels_that_are_measured() {
    let docs = include_str!("../../../cano/docs/metrics.md");
    let rows: Vec<_> = docs.lines().filter(|line| line.starts_with("| `")).collect();

    let row = |metric: &Metric| {
        let (kind, unit) = match metric.kind {
            MetricKind::Counter => ("counter", "count"),
            MetricKind::Gauge => ("gauge", "count"),
            MetricKind::Histogram => ("histogram", "seconds"),
            other => panic!("the table has no {other:?}"),
        };
        let labels: Vec<_> = metric.labels.iter().map(|label| format!("`{label}`")).collect();
        format!("| `{}` | {kind} | {unit} | {} | {} |", metric.name, labels.join(", "), metric.description)
    };
    assert_eq!(rows, Metrics::ALL.iter().map(row).collect::<Vec<_>>());
}

#[test]
fn what_is_measured_has_its_unit_and_description() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let workflow = Faulty::workflow().with_observer(Metrics::new());
        drop(runtime.block_on(workflow.orchestrate(&MemoryStore::new())));
    });

    for (key, unit, description, _) in snapshotter.snapshot().into_vec() {
        let known = Metrics::ALL.iter().find(|metric| metric.name == key.key().name()).expect("it is listed");
        let labels: Vec<_> = key.key().labels().map(|label| label.key().to_owned()).collect();
        assert_eq!(labels, known.labels);
        assert_eq!(description.as_deref(), Some(known.description));
        let is_time = known.kind == MetricKind::Histogram;
        assert_eq!(unit, Some(if is_time { metrics::Unit::Seconds } else { metrics::Unit::Count }));
    }
}
