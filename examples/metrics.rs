//! Metrics of runs, exported for Prometheus: it prints the page that Prometheus would read.
//!
//! `cargo run --example metrics --features metrics`

use cano::{Metrics, WaitStrategy, prelude::*};
use metrics_exporter_prometheus::PrometheusBuilder;

/// Fails at the first attempt for every third number, and always for every seventh.
#[task(retry = fixed(2, "5ms"))]
async fn convert(n: &u64, cx: &Cx) -> Result<u64, BoxError> {
    tokio::time::sleep(Duration::from_millis(*n)).await;
    if n.is_multiple_of(7) || (n.is_multiple_of(3) && cx.attempt() == 1) {
        return Err(format!("{n} cannot be converted now").into());
    }
    Ok(n * 10)
}

#[task]
async fn save(amount: &u64) -> CanoResult<()> {
    let _ = amount;
    Ok(())
}

workflow! {
    enum Conversion {
        #[start] Convert { n: u64 } = match convert(n) { amount => Save { amount } },
        Save { amount: u64 } = save(amount) >> Saved,
        #[exit] Saved,
    }
}

#[tokio::main]
async fn main() {
    let seconds = [0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];
    let page = PrometheusBuilder::new()
        .set_buckets(&seconds)
        .expect("there are buckets")
        .install_recorder()
        .expect("no other recorder is installed");

    let workflow = Conversion::workflow().with_observer(Metrics::new());
    let starts: Vec<_> = (1..=20).map(|n| Conversion::Convert { n }).collect();
    let runs = workflow.concurrent((starts, MemoryStore::new()));
    let (_, status) = runs.execute(WaitStrategy::WaitForever).await;
    assert_eq!((status.completed, status.failed), (18, 2));

    // A program with an HTTP server would answer `GET /metrics` with this page.
    let page = page.render();
    println!("{page}");
    assert!(page.contains(r#"cano_runs_total{workflow="Conversion",end="exit"} 18"#));
    assert!(page.contains(r#"cano_runs_total{workflow="Conversion",end="failed"} 2"#));
    assert!(page.contains(r#"cano_runs_active{workflow="Conversion"} 0"#));
}
