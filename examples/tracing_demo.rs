//! The log of runs, by `tracing`: a success, a retry, a node, a failure, concurrent runs, a scheduled run.
//!
//! `RUST_LOG=info cargo run --example tracing_demo --features tracing,scheduler`

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use cano::{WaitStrategy, prelude::*};
use tracing::{info, info_span};
use tracing_subscriber::EnvFilter;

/// A service that is busy when it is first asked.
#[derive(Default)]
struct Service {
    calls: AtomicU32,
}

#[task]
async fn prepare(node_id: &str) -> CanoResult<()> {
    info!(%node_id, "Starting data preparation");
    Ok(())
}

#[task(retry = fixed(3, "20ms"))]
async fn fetch(store: &Service, cx: &Cx) -> Result<Option<u32>, BoxError> {
    let call = store.calls.fetch_add(1, Relaxed) + 1;
    if call == 1 {
        return Err("the service is busy".into());
    }
    for done in 1..=3 {
        cx.progress(done, 3);
    }
    info!(call, "Records fetched");
    Ok(Some(call))
}

#[derive(Default)]
struct Summary;

#[node]
impl Summary {
    async fn prep(&self, records: u32) -> CanoResult<u32> {
        info!(records, "Reading");
        Ok(records)
    }

    async fn exec(&self, records: u32) -> u32 {
        info!("Summing up");
        records * 10
    }

    async fn post(&self, sum: u32) -> CanoResult<u32> {
        info!(sum, "Storing");
        Ok(sum)
    }
}

#[task(retry = fixed(1, "10ms"))]
async fn publish() -> Result<(), BoxError> {
    Err("nobody listens".into())
}

workflow! {
    #[store(Service)]
    enum Processing {
        #[start]
        Start { node_id: String } = prepare(node_id) >> Fetch,
        Fetch = match fetch { Some(records) => Summarize { records }, None => Empty },
        Summarize { records: u32 } = match Summary(records) { sum => Publish { sum } },
        #[catch(_ => Unpublished { sum })]
        Publish { sum: u32 } = publish() >> Published,
        #[exit] Published,
        #[exit] Unpublished { sum: u32 },
        #[exit] Empty,
    }
}

fn start(node_id: impl Into<String>) -> Processing {
    Processing::Start { node_id: node_id.into() }
}

#[tokio::main]
async fn main() -> CanoResult<()> {
    let filter = EnvFilter::builder().with_default_directive(tracing::Level::INFO.into()).from_env_lossy();
    tracing_subscriber::fmt().with_env_filter(filter).with_target(false).init();

    let span = info_span!("user_data_processing", user_id = "12345", batch_id = "batch_001");
    let workflow = Processing::workflow().with_tracing_span(span);
    let end = workflow.orchestrate_from(start("processor_1"), &Service::default()).await?;
    assert!(matches!(end, ProcessingExit::Unpublished { sum: 20 }));

    let starts: Vec<_> = (1..=2).map(|n| start(format!("processor_{n}"))).collect();
    let runs = Processing::workflow().concurrent((starts, std::sync::Arc::new(Service::default())));
    let (_, status) = runs
        .with_tracing_span(info_span!("nightly_batch"))
        .with_limit(1.try_into().expect("not 0"))
        .execute(WaitStrategy::WaitForever)
        .await;
    assert_eq!(status.completed, 2);

    let scheduled = Processing::workflow()
        .with_tracing_span(info_span!("scheduled"))
        .with_inputs(|slot| (start(slot.id()), Service::default()));
    let scheduler = Scheduler::new();
    scheduler.manual("processor_3", scheduled)?;
    scheduler.start().await?;
    scheduler.trigger("processor_3").await?;
    scheduler.stop().await?;
    assert_eq!(scheduler.status("processor_3").await.map(|info| info.run_count), Some(1));
    Ok(())
}
