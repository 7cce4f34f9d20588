//! A run as one trace of OpenTelemetry: two tasks in one state, one of them with a retry.
//!
//! `cargo run --example opentelemetry --features opentelemetry`
//!
//! It prints the spans that an in-memory exporter received. A real program would export them to a collector.

use std::collections::HashSet;

use cano::prelude::*;
use opentelemetry::{
    SpanId, Value,
    trace::{Status, TracerProvider},
};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use tracing_subscriber::{filter::LevelFilter, layer::SubscriberExt, util::SubscriberInitExt};

#[task]
async fn stock(item: &str) -> CanoResult<bool> {
    tokio::time::sleep(Duration::from_millis(3)).await;
    Ok(!item.is_empty())
}

/// Succeeds at the second attempt.
#[task(retry = fixed(2, "2ms"))]
async fn credit(cx: &Cx) -> Result<bool, BoxError> {
    if cx.attempt() == 1 { Err("the bank is busy".into()) } else { Ok(true) }
}

#[task]
async fn ship(item: &str) -> CanoResult<()> {
    tracing::info!(item, "shipped");
    Ok(())
}

workflow! {
    enum Order {
        #[start]
        Check { item: String } = match (stock(item), credit()) {
            (true, true) => Ship { item },
            (_, _) => Refused,
        },
        Ship { item: String } = ship(item) >> Shipped,
        #[exit] Shipped,
        #[exit] Refused,
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> CanoResult<()> {
    let exporter = InMemorySpanExporter::default();
    let provider = SdkTracerProvider::builder().with_simple_exporter(exporter.clone()).build();
    // Without the places and threads of spans, which would fill the page.
    let layer = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("orders"))
        .with_location(false)
        .with_threads(false)
        .with_tracked_inactivity(false);
    tracing_subscriber::registry().with(LevelFilter::INFO).with(layer).init();

    // If this span has an `otel.name`, the spans within it are named after states and tasks.
    let span = tracing::info_span!("order", otel.name = "Order", otel.status_code = tracing::field::Empty);
    let workflow = Order::workflow().with_tracing_span(span);
    let start = Order::Check { item: "book".to_owned() };
    let end = workflow.orchestrate_from(start, &MemoryStore::new()).await?;
    drop(workflow);
    assert!(matches!(end, OrderExit::Shipped));

    let spans = exporter.get_finished_spans().expect("the exporter is not shut down");
    print(&spans, SpanId::INVALID, 0);
    assert_one_trace(&spans);
    Ok(())
}

/// The spans within `parent`, each with those within it.
fn print(spans: &[SpanData], parent: SpanId, depth: usize) {
    let mut within: Vec<_> = spans.iter().filter(|span| span.parent_span_id == parent).collect();
    within.sort_by_key(|span| span.start_time);
    for span in within {
        let took = span.end_time.duration_since(span.start_time).unwrap_or_default();
        let status = match &span.status {
            Status::Error { .. } => format!("error ({})", attribute(span, "error.type").unwrap_or_default()),
            Status::Ok => "ok".to_owned(),
            Status::Unset => "unset".to_owned(),
        };
        let indent = "  ".repeat(depth);
        println!(
            "{:<40} {status:<14} {:>6.1} ms",
            format!("{indent}{}", span.name),
            took.as_secs_f64() * 1e3
        );
        for event in span.events.iter() {
            println!("{indent}  · {}", event.name);
        }
        print(spans, span.span_context.span_id(), depth + 1);
    }
}

fn attribute(span: &SpanData, key: &str) -> Option<String> {
    let found = span.attributes.iter().find(|attribute| attribute.key.as_str() == key)?;
    match &found.value {
        Value::String(text) => Some(text.to_string()),
        other => Some(other.to_string()),
    }
}

fn assert_one_trace(spans: &[SpanData]) {
    let traces: HashSet<_> = spans.iter().map(|span| span.span_context.trace_id()).collect();
    assert_eq!(traces.len(), 1);
    let one = |name: &str| spans.iter().find(|span| span.name == name).expect("there is such a span");

    let (order, check) = (one("Order"), one("Check"));
    assert_eq!(order.parent_span_id, SpanId::INVALID);
    assert_eq!(check.parent_span_id, order.span_context.span_id());
    let failed: Vec<_> = spans.iter().filter(|span| matches!(span.status, Status::Error { .. })).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(attribute(failed[0], "error.type").as_deref(), Some("task"));
}
