//! The summary as text for people.

use std::fmt;

use crate::ledger::Ledger;
use crate::summary::{Summary, Tally};
use crate::visits::Visits;

/// How many rejected invoices are listed before the rest is only counted.
const LISTED: usize = 10;

/// Shows the exits, the busiest states, the ledger, and what was rejected.
pub struct Report<'a> {
    pub summary: &'a Summary,
    pub ledger: &'a Ledger,
    pub visits: &'a Visits,
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} invoices", self.summary.invoices)?;
        match self.summary.period {
            Some((first, last)) => writeln!(f, ", from {first} to {last}\n")?,
            None => f.write_str("\n\n")?,
        }
        exits(f, self.summary)?;
        states(f, &self.visits.busiest())?;
        writeln!(
            f,
            "\nledger: {} entries, balance {}, busy {} times",
            self.ledger.entries(),
            self.ledger.balance(),
            self.ledger.refusals()
        )?;
        rejected(f, self.summary)
    }
}

fn exits(f: &mut fmt::Formatter<'_>, summary: &Summary) -> fmt::Result {
    let row = |f: &mut fmt::Formatter<'_>, name: &str, Tally { count, sum }: Tally| {
        writeln!(f, "{name:<12}{count:>8}{sum:>16}")
    };
    writeln!(f, "{:<12}{:>8}{:>16}", "exit", "count", "sum")?;
    row(f, "booked", summary.booked)?;
    row(f, "  guests", summary.guests)?;
    row(f, "  reviewed", summary.reviewed)?;
    row(f, "refunded", summary.refunded)?;
    writeln!(f, "{:<12}{:>8}", "adjusted", summary.adjusted)?;
    writeln!(f, "{:<12}{:>8}", "rejected", summary.rejected.len())?;
    if !summary.unfinished.is_empty() {
        writeln!(f, "{:<12}{:>8}", "unfinished", summary.unfinished.len())?;
    }
    Ok(())
}

fn states(f: &mut fmt::Formatter<'_>, visits: &[(&str, u64)]) -> fmt::Result {
    writeln!(f, "\n{:<12}{:>8}", "state", "visits")?;
    visits.iter().try_for_each(|(state, visits)| writeln!(f, "{state:<12}{visits:>8}"))
}

fn rejected(f: &mut fmt::Formatter<'_>, summary: &Summary) -> fmt::Result {
    if summary.rejected.is_empty() {
        return Ok(());
    }
    writeln!(f, "\nrejected:")?;
    for (number, faults) in summary.rejected.iter().take(LISTED) {
        let others = faults.len().saturating_sub(1);
        write!(f, "  {}", number.escape_debug())?;
        if let Some(first) = faults.first() {
            write!(f, "  {first}")?;
        }
        writeln!(f, "{}", if others > 0 { format!(" (and {others} more)") } else { String::new() })?;
    }
    match summary.rejected.len().saturating_sub(LISTED) {
        0 => Ok(()),
        more => writeln!(f, "  and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::{Fault, Place, Reason};
    use crate::intake::Intake;

    fn shown(summary: &Summary) -> String {
        let visits = Visits::of(Intake::TABLE);
        Report { summary, ledger: &Ledger::default(), visits: &visits }.to_string()
    }

    fn with_rejected(count: u64) -> Summary {
        let fault = |line| Fault { place: Place { file: "shop.csv".into(), line }, reason: Reason::NoNumber };
        let rejected = (1..=count).map(|line| (format!("N{line}"), vec![fault(line), fault(line + 1)]));
        Summary { rejected: rejected.collect(), ..Summary::default() }
    }

    #[test]
    fn the_columns_are_aligned() {
        let booked = Tally { count: 127, sum: "58960.79".parse().unwrap() };

        let text = shown(&Summary { booked, ..Summary::default() });

        let exits: Vec<_> = text.lines().skip(2).take(5).map(str::len).collect();
        assert_eq!(exits, [36; 5]);
        assert!(text.contains("\nbooked           127        58960.79\n"), "{text}");
    }

    #[test]
    fn ten_rejected_invoices_are_listed_and_the_rest_is_counted() {
        let (ten, twelve) = (shown(&with_rejected(10)), shown(&with_rejected(12)));

        assert!(ten.ends_with("  N10  shop.csv:10: the invoice number is missing (and 1 more)\n"), "{ten}");
        assert!(twelve.ends_with("(and 1 more)\n  and 2 more\n"), "{twelve}");
        assert_eq!(twelve.matches("shop.csv:").count(), 10);
    }

    #[test]
    fn nothing_is_said_of_what_did_not_happen() {
        let text = shown(&Summary::default());

        assert!(!text.contains("rejected:") && !text.contains("unfinished"), "{text}");
    }
}
