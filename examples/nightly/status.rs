//! How the schedules are doing, as a table on the terminal.

use std::fmt;

use cano::prelude::*;

pub struct Statuses<'a>(pub &'a [FlowInfo]);

impl fmt::Display for Statuses<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<10} {:<10} {:>5} {:>7} {:>7}  {:<25} when",
            "schedule", "status", "runs", "failed", "missed", "next"
        )?;
        for info in self.0 {
            let status = match &info.status {
                Status::Failed(_) => "failed".to_owned(),
                other => format!("{other:?}").to_lowercase(),
            };
            let next = info.next_run.map_or("never".to_owned(), |next| format!("{next:.0}"));
            let FlowInfo { id, schedule, run_count, failures, missed, .. } = info;
            writeln!(
                f,
                "{id:<10} {status:<10} {run_count:>5} {failures:>7} {missed:>7}  {next:<25} {schedule}"
            )?;
            if let Some(error) = &info.last_error {
                writeln!(f, "{:<10} {error:#}", "")?;
            }
        }
        Ok(())
    }
}
