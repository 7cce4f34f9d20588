//! Many invoices through the one table, a limited number at a time.

use std::num::NonZeroUsize;
use std::sync::Arc;

use cano::{CheckedWorkflow, WaitStrategy, WorkflowResult};
use indicatif::ProgressBar;

use crate::intake::{Intake, IntakeExit};
use crate::ledger::Ledger;
use crate::progress;
use crate::raw::RawInvoice;

/// How the run of one invoice ended.
pub struct Run {
    pub number: String,
    pub end: WorkflowResult<IntakeExit>,
}

/// Takes every invoice through the table. The runs come back in the order of the invoices, whichever ended first.
pub async fn all(
    workflow: CheckedWorkflow<Intake>,
    invoices: Vec<RawInvoice>,
    jobs: NonZeroUsize,
    ledger: &Arc<Ledger>,
    bar: &ProgressBar,
) -> Vec<Run> {
    let numbers: Vec<_> = invoices.iter().map(|raw| raw.number.clone()).collect();
    let starts = invoices.into_iter().map(|raw| Intake::Read { raw });
    let runs = workflow.concurrent((starts, Arc::clone(ledger))).with_limit(jobs);

    let follow = progress::follow(runs.progress(), bar);
    let ((ends, _), ()) = tokio::join!(runs.execute(WaitStrategy::WaitForever), follow);

    numbers.into_iter().zip(ends).map(|(number, end)| Run { number, end }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input;
    use crate::money::Money;
    use crate::summary::Summary;
    use crate::visits::Visits;

    async fn run_sample(jobs: usize, ledger: &Arc<Ledger>) -> Summary {
        run_watched(jobs, ledger).await.0
    }

    async fn run_watched(jobs: usize, ledger: &Arc<Ledger>) -> (Summary, Arc<Visits>) {
        let invoices = input::read(&[]).unwrap();
        let jobs = NonZeroUsize::new(jobs).unwrap();
        let visits = Arc::new(Visits::of(Intake::TABLE));
        let workflow = Intake::workflow().with_observer(Arc::clone(&visits));
        let runs = all(workflow, invoices, jobs, ledger, &ProgressBar::hidden()).await;
        (Summary::of(runs), visits)
    }

    #[tokio::test]
    async fn the_sample_holds_every_case() {
        let ledger = Arc::new(Ledger::default());

        let summary = run_sample(64, &ledger).await;

        assert_eq!(
            summary.to_json().to_string(),
            r#"{"invoices":21,"booked":9,"guests":2,"reviewed":2,"refunded":2,"adjusted":3,"rejected":7,"booked_total":"3514.50","refunded_total":"21.75"}"#
        );
        let rejected: Vec<_> =
            summary.rejected.iter().map(|(number, faults)| (&**number, faults[0].place.line)).collect();
        assert_eq!(
            rejected,
            [
                ("700114", 22),
                ("C700115", 24),
                ("700116", 25),
                ("700117", 26),
                ("(no number), line 27", 27),
                ("700119", 29),
                ("C700120", 30),
            ]
        );
        assert!(summary.unfinished.is_empty());
    }

    #[tokio::test]
    async fn the_ledger_holds_what_the_exits_say() {
        let ledger = Arc::new(Ledger::default());

        let summary = run_sample(64, &ledger).await;

        assert_eq!(ledger.entries() as u64, summary.booked.count + summary.refunded.count);
        let balance: Money = [summary.booked.sum, -summary.refunded.sum].into_iter().sum();
        assert_eq!(ledger.balance(), balance);
        assert!(ledger.refusals() > 0);
    }

    #[tokio::test]
    async fn the_number_of_jobs_changes_nothing_but_the_time() {
        let (one, many) = (Arc::new(Ledger::default()), Arc::new(Ledger::default()));

        let (alone, visits_alone) = run_watched(1, &one).await;
        let (together, visits) = run_watched(1000, &many).await;

        assert_eq!(alone.to_json(), together.to_json());
        assert_eq!(alone.rejected, together.rejected);
        assert_eq!((one.refusals(), visits_alone.busiest()), (many.refusals(), visits.busiest()));
    }

    #[tokio::test]
    async fn a_visit_is_counted_once_however_many_attempts_it_takes() {
        let ledger = Arc::new(Ledger::default());

        let (summary, visits) = run_watched(64, &ledger).await;

        let busiest = visits.busiest();
        let of = |name: &str| busiest.iter().find(|(state, _)| *state == name).map(|(_, visits)| *visits);
        assert_eq!(of("Read"), Some(summary.invoices));
        assert_eq!(of("Book"), Some(summary.booked.count));
        assert_eq!(of("Review"), Some(summary.reviewed.count));
    }

    #[tokio::test]
    async fn every_run_is_seen_at_its_exit_in_the_end_and_nowhere_else() {
        let (summary, visits) = run_watched(8, &Arc::new(Ledger::default())).await;

        let here =
            |is_exit| visits.states().iter().filter(|one| one.is_exit == is_exit).map(|one| one.here()).sum();
        assert_eq!((here(true), here(false)), (summary.invoices, 0_u64));
        assert!(visits.lines() > summary.invoices);
    }

    #[tokio::test]
    async fn a_closed_ledger_leaves_only_the_bookings_unfinished() {
        let ledger = Arc::new(Ledger::default());
        ledger.close();

        let summary = run_sample(64, &ledger).await;

        assert_eq!((summary.booked.count, summary.refunded.count, ledger.entries()), (0, 0, 0));
        assert_eq!((summary.adjusted, summary.rejected.len(), summary.unfinished.len()), (3, 7, 11));
    }
}
