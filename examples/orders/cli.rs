//! The command line of the program.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Parser;

/// Books the invoices of a shop's export in a ledger; each goes through one checked table of states.
///
/// A file is CSV with a header; the columns InvoiceNo, Quantity, InvoiceDate, UnitPrice and CustomerID are found by
/// name. The lines of one invoice may be spread over several files. If a file cannot be read, the program ends with
/// status 1 before anything is booked; if a row cannot be read, only its own invoice is rejected.
#[derive(Debug, Parser)]
#[command(name = "orders")]
pub struct Args {
    /// Print only a JSON object with the counts and the sums
    #[arg(long)]
    pub json: bool,

    /// Also write the table as a Mermaid diagram to this file
    #[arg(long, value_name = "OUT.mmd")]
    pub graph: Option<PathBuf>,

    /// Show the states of the table and the number of runs in each, while the runs go on
    #[arg(long, conflicts_with = "json")]
    pub watch: bool,

    /// How many invoices are under way at a time, 1 or more
    #[arg(long, value_name = "N", default_value = "64")]
    pub jobs: NonZeroUsize,

    /// Exports to read; by default a small sample that is compiled in
    #[arg(value_name = "FILE.csv")]
    pub files: Vec<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn without_arguments_64_invoices_run_at_a_time_on_the_sample() {
        let args = Args::try_parse_from(["orders"]).unwrap();

        assert_eq!(args.jobs.get(), 64);
        assert!(args.files.is_empty() && !args.json && args.graph.is_none());
    }

    #[test]
    fn options_and_files_may_be_mixed() {
        let args = Args::try_parse_from(["orders", "a.csv", "--jobs", "1", "--json", "b.csv"]).unwrap();

        assert_eq!(args.jobs.get(), 1);
        assert!(args.json);
        assert_eq!(args.files, [PathBuf::from("a.csv"), PathBuf::from("b.csv")]);
    }

    #[test]
    fn zero_jobs_are_refused() {
        let error = Args::try_parse_from(["orders", "--jobs", "0"]).unwrap_err().to_string();

        assert!(error.contains("--jobs"), "{error}");
    }
}
