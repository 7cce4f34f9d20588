//! Books the invoices of a shop's export in a ledger: one table of states, many runs at a time.
//!
//! ```text
//! cargo run --release --example orders -- [--json] [--watch] [--graph out.mmd] [--jobs N] [FILE.csv ..]
//! ```
//!
//! Read `intake.rs` first: it is the table. The groups of modules below are in reading order.

#![allow(unreachable_pub, reason = "a program has no outside that could reach anything")]

mod causes;
mod cli;

mod fault;
mod money;
mod timestamp;

mod invoice;
mod raw;

mod columns;
mod input;
mod rows;

mod ledger;

mod intake;
mod progress;
mod runs;
mod visits;
mod watch;

mod report;
mod summary;

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use indicatif::ProgressBar;

use crate::cli::Args;
use crate::intake::Intake;
use crate::ledger::Ledger;
use crate::report::Report;
use crate::summary::Summary;
use crate::visits::Visits;

#[tokio::main]
async fn main() -> ExitCode {
    match take_in(&Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", causes::chain(&*error));
            ExitCode::FAILURE
        }
    }
}

async fn take_in(args: &Args) -> Result<(), Box<dyn Error>> {
    let invoices = input::read(&args.files)?;
    if let Some(file) = &args.graph {
        draw(file)?;
    }
    let ledger = Arc::new(Ledger::default());
    let visits = Arc::new(Visits::of(Intake::TABLE));
    let count = invoices.len();
    let progress = if args.watch { ProgressBar::hidden() } else { progress::bar(count) };
    let workflow = Intake::workflow().with_observer(Arc::clone(&visits));
    let runs = runs::all(workflow, invoices, args.jobs, &ledger, &progress);
    let runs =
        if args.watch { watch::during(runs, &visits, count, args.jobs.get()).await } else { runs.await };
    progress.finish_and_clear();

    let summary = Summary::of(runs);
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{}", summary.to_json())?;
    } else {
        write!(out, "{}", Report { summary: &summary, ledger: &ledger, visits: &visits })?;
    }
    out.flush()?;
    match summary.unfinished.first() {
        None => Ok(()),
        Some((number, why)) => {
            let count = summary.unfinished.len();
            Err(format!("unfinished invoices: {count}; the first is {number}: {why}").into())
        }
    }
}

fn draw(file: &Path) -> Result<(), Box<dyn Error>> {
    fs::write(file, Intake::TABLE.to_mermaid())
        .map_err(|error| format!("cannot write the graph to `{}`: {error}", file.display()).into())
}
