//! A bar that grows with the invoices that are done.

use cano::RunProgress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Drawn on standard error, and only if that is a terminal: standard output belongs to the report.
pub fn bar(invoices: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(invoices as u64), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:40} {pos}/{len} invoices, {elapsed}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Moves the bar along, until all runs have ended.
pub async fn follow(mut runs: RunProgress, bar: &ProgressBar) {
    while let Some(counts) = runs.changed().await {
        bar.set_position(counts.done() as u64);
    }
}
