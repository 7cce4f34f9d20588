//! Reads the orders of every CSV file that appears in a folder, each night.
//!
//! ```text
//! cargo run --features scheduler --example nightly -- INBOX [--at "0 0 2 * * *"] [--zone Europe/Berlin]
//! ```
//!
//! Ctrl-C waits for the run under way to end; a second one does not wait. Read `night.rs` first: it is the table of a
//! night. Each invoice goes through the table of the `orders` example.

#![allow(unreachable_pub, reason = "a program has no outside that could reach anything")]
#![allow(dead_code, reason = "the orders example uses all of its modules")]

#[path = "../orders/causes.rs"]
mod causes;
#[path = "../orders/columns.rs"]
mod columns;
#[path = "../orders/fault.rs"]
mod fault;
#[path = "../orders/input.rs"]
mod input;
#[path = "../orders/intake.rs"]
mod intake;
#[path = "../orders/invoice.rs"]
mod invoice;
#[path = "../orders/ledger.rs"]
mod ledger;
#[path = "../orders/money.rs"]
mod money;
#[path = "../orders/progress.rs"]
mod progress;
#[path = "../orders/raw.rs"]
mod raw;
#[path = "../orders/rows.rs"]
mod rows;
#[path = "../orders/runs.rs"]
mod runs;
#[path = "../orders/summary.rs"]
mod summary;
#[path = "../orders/timestamp.rs"]
mod timestamp;
#[path = "../orders/visits.rs"]
mod visits;

mod inbox;
mod night;
mod status;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use cano::{
    Event, EventKind, ScheduleEvent,
    prelude::*,
    schedule::{Cron, StopReport},
};
use clap::Parser;
use tokio::sync::Notify;

use crate::inbox::Inbox;
use crate::night::Night;
use crate::status::Statuses;

/// Reads the orders of every CSV file that appears in a folder, each night.
#[derive(Parser)]
struct Args {
    /// The folder. Files that were read move to its folder `done`, files that are not an export to `refused`.
    inbox: PathBuf,
    /// When to run, as a cron expression.
    #[arg(long, default_value = "0 0 2 * * *")]
    at: String,
    /// The time zone of the cron expression.
    #[arg(long, default_value = "Europe/Berlin")]
    zone: String,
}

#[tokio::main]
async fn main() -> CanoResult<()> {
    let args = Args::parse();
    let inbox = Arc::new(Inbox::new(args.inbox));
    let night_is_over = Arc::new(Notify::new());
    let told = Arc::clone(&night_is_over);
    let scheduler = scheduler(&inbox, Cron::new(&args.at)?.in_zone(&args.zone)?)?;
    let scheduler = scheduler.with_observer(move |event: &Event<'_>| {
        if let EventKind::Schedule { event: ScheduleEvent::RunEnded { .. }, .. } = event.kind {
            told.notify_one();
        }
    });
    scheduler.start().await?;

    loop {
        println!("{}\n{}", Statuses(&scheduler.list().await), inbox.ledger());
        tokio::select! {
            () = night_is_over.notified() => {}
            _ = tokio::signal::ctrl_c() => break,
        }
    }

    println!("stopping; press Ctrl-C again to stop without waiting");
    let report = tokio::select! {
        report = scheduler.stop() => report?,
        _ = tokio::signal::ctrl_c() => scheduler.stop_with_timeout(Duration::ZERO).await?,
    };
    let StopReport { completed, cancelled, aborted, .. } = report;
    println!("completed: {completed:?}, cancelled: {cancelled:?}, aborted: {aborted:?}");
    Ok(())
}

/// A scheduler that runs the night at its time.
fn scheduler(inbox: &Arc<Inbox>, at: Cron) -> CanoResult<Scheduler> {
    let inbox = Arc::clone(inbox);
    let night = Night::workflow().with_store(move |_| Arc::clone(&inbox));
    let scheduler = Scheduler::new();
    let nightly = Schedule::new(at).with_timeout(Duration::from_secs(4 * 3_600));
    scheduler.add("nightly", night, nightly)?;
    Ok(scheduler)
}

#[cfg(test)]
mod tests;
