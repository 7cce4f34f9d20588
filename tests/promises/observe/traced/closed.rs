//! What each span says when it ends, for OpenTelemetry.

use cano::prelude::*;
use tracing::{field::Empty, info_span};

use super::*;
use crate::observe::*;

#[tokio::test(start_paused = true)]
async fn the_spans_of_a_run_are_named_and_say_how_they_ended_where_the_given_one_does() {
    let (written, _guard) = Written::closing("info");
    let span = info_span!("root", otel.name = "Pair", otel.status_code = Empty, error.type = Empty);
    let workflow = Pair::workflow().with_tracing_span(span);
    workflow.orchestrate_from(Pair::Both { n: 1 }, &MemoryStore::new()).await.unwrap();
    drop(workflow);

    let closed: Vec<_> = written.lines().into_iter().filter_map(|line| closed(&line)).collect();
    assert_eq!(
        closed,
        [
            r#"task_attempt{attempt=1 otel.name="tell" otel.status_code="OK"}"#,
            r#"run_with_retries{task=tell max_attempts=1 otel.name="tell" otel.status_code="OK"}"#,
            r#"task_attempt{attempt=1 otel.name="work" otel.status_code="ERROR" error.type="task"}"#,
            r#"task_attempt{attempt=2 otel.name="work" otel.status_code="OK"}"#,
            r#"run_with_retries{task=work max_attempts=3 otel.name="work" otel.status_code="OK"}"#,
            r#"task_execution{state=Both otel.name="Both" otel.status_code="OK"}"#,
            r#"root{otel.name="Pair" otel.status_code="OK"}"#,
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_that_fails_says_so_in_each_span_from_the_attempt_outward() {
    let (written, _guard) = Written::closing("info");
    assert!(Faulty::run(&MemoryStore::new()).await.is_err());

    let closed: Vec<_> = written.lines().into_iter().filter_map(|line| closed(&line)).collect();
    let [attempt, retries, .., state, run] = closed.as_slice() else { panic!("too few: {closed:#?}") };
    for span in [attempt, retries, state, run] {
        assert!(span.ends_with(r#"otel.status_code="ERROR" error.type="panicked"}"#), "{span}");
    }
}

/// The innermost span of a line that says that it is closed.
fn closed(line: &str) -> Option<String> {
    let spans = line.split(": close").next().filter(|spans| *spans != line)?;
    let last = spans.split("}:").last()?;
    Some(last.trim_start_matches("INFO ").to_owned())
}
