//! The results of all the runs, in numbers.

use cano::WorkflowResult::{Cancelled, Failed, Success};
use serde_json::{Value, json};

use crate::causes;
use crate::fault::Fault;
use crate::intake::{Approval, IntakeExit};
use crate::invoice::Invoice;
use crate::money::Money;
use crate::runs::Run;
use crate::timestamp::Timestamp;

/// A number of invoices, and their sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub count: u64,
    pub sum: Money,
}

impl Tally {
    fn add(&mut self, amount: Money) {
        self.count += 1;
        self.sum = [self.sum, amount].into_iter().sum();
    }
}

/// `guests` and `reviewed` are part of `booked`.
#[derive(Debug, Default)]
pub struct Summary {
    pub invoices: u64,
    pub booked: Tally,
    pub guests: Tally,
    pub reviewed: Tally,
    pub refunded: Tally,
    pub adjusted: u64,
    pub rejected: Vec<(String, Vec<Fault>)>,
    /// Invoices that are neither in the ledger nor settled without it, with the reason.
    pub unfinished: Vec<(String, String)>,
    /// The first and the last moment on a line that could be read.
    pub period: Option<(Timestamp, Timestamp)>,
}

impl Summary {
    pub fn of(runs: Vec<Run>) -> Self {
        let mut summary = Self::default();
        for run in runs {
            summary.add(run);
        }
        summary
    }

    fn add(&mut self, Run { number, end }: Run) {
        self.invoices += 1;
        match end {
            Success(IntakeExit::Booked { invoice, total, approval }) => {
                self.extend_period(&invoice);
                self.booked.add(total);
                if invoice.is_guest() {
                    self.guests.add(total);
                }
                if approval == Approval::Given {
                    self.reviewed.add(total);
                }
            }
            Success(IntakeExit::Refunded { invoice, total }) => {
                self.extend_period(&invoice);
                self.refunded.add(total);
            }
            Success(IntakeExit::Adjusted { invoice }) => {
                self.extend_period(&invoice);
                self.adjusted += 1;
            }
            Success(IntakeExit::Rejected { number, faults }) => self.rejected.push((number, faults)),
            Success(IntakeExit::Deferred { invoice }) => {
                self.unfinished.push((invoice.number, "the ledger was closed".into()));
            }
            Failed(error) => self.unfinished.push((number, causes::chain(&error))),
            Cancelled => self.unfinished.push((number, "it was cancelled".into())),
        }
    }

    fn extend_period(&mut self, invoice: &Invoice) {
        for date in invoice.lines.iter().map(|line| line.date) {
            let (first, last) = self.period.unwrap_or((date, date));
            self.period = Some((first.min(date), last.max(date)));
        }
    }

    pub fn to_json(&self) -> Value {
        json!({
            "invoices": self.invoices,
            "booked": self.booked.count,
            "guests": self.guests.count,
            "reviewed": self.reviewed.count,
            "refunded": self.refunded.count,
            "adjusted": self.adjusted,
            "rejected": self.rejected.len(),
            "booked_total": self.booked.sum.to_string(),
            "refunded_total": self.refunded.sum.to_string(),
        })
    }
}
