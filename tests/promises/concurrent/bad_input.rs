use std::{sync::Arc, time::Duration};

use cano::{CancellationToken, ConcurrentWorkflow, WaitStrategy::*, prelude::*};

use super::{End, Job, at_most, letters, workflow};
use crate::log::Log;

#[tokio::test(start_paused = true)]
async fn no_stores_are_no_runs() {
    for strategy in [WaitForever, WaitForQuota(0), WaitForQuota(3), WaitDuration(Duration::from_secs(9))] {
        let (results, status) = workflow().execute_concurrent(Vec::<Job>::new(), strategy).await.unwrap();
        assert!(results.is_empty());
        assert_eq!((status.total_workflows, status.duration), (0, Duration::ZERO));
    }
}

#[tokio::test(start_paused = true)]
async fn a_workflow_that_is_not_valid_is_refused_before_any_run() {
    let mut workflow = ConcurrentWorkflow::<&str, Job>::new("work").with_name("Jobs");
    workflow.register("work", super::work {});
    let log = Log::new();
    let jobs = vec![Job::new(1, End::Succeed, &log)];

    let error = workflow.execute_concurrent(jobs, WaitForever).await.unwrap_err();

    assert_eq!(
        error.to_string(),
        "workflow `Jobs` is not valid: no exit state: add at least one with `add_exit_state`"
    );
    assert!(log.lines().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_cancelled_at_the_start_starts_nothing() {
    let (log, token) = (Log::new(), CancellationToken::new());
    token.cancel();
    let jobs = vec![Job::new(1, End::Succeed, &log); 3];

    let (results, status) = workflow().runs(jobs).with_cancellation(token).execute(WaitForever).await;

    assert_eq!((letters(&results).as_str(), status.cancelled), ("CCC", 3));
    assert!(log.lines().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_token_cancels_what_runs_and_what_waits_for_its_turn() {
    let (log, token) = (Log::new(), CancellationToken::new());
    let jobs = [1, 5, 5, 5].map(|seconds| Job::new(seconds, End::Succeed, &log)).to_vec();
    let runs = workflow().runs(jobs).with_limit(at_most(2)).with_cancellation(token.clone());

    let ((results, status), ()) = tokio::join!(runs.execute(WaitForever), async {
        tokio::time::sleep(Duration::from_secs(3)).await;
        token.cancel();
    });

    assert_eq!((letters(&results).as_str(), status.duration), ("SCCC", Duration::from_secs(3)));
    assert_eq!((log.count("began"), log.count("let go")), (3, 3));
}

#[tokio::test(start_paused = true)]
async fn a_store_whose_drop_panics_spoils_its_own_run_alone() {
    struct Spoilt(u32);
    impl Drop for Spoilt {
        fn drop(&mut self) {
            assert!(self.0 != 1, "a bug in a drop");
        }
    }
    #[task]
    async fn count(store: &Spoilt) -> CanoResult<u32> {
        tokio::task::yield_now().await;
        Ok(store.0 + 10)
    }
    let mut workflow = ConcurrentWorkflow::new(0).with_name("Spoilt");
    workflow.register(0, count {}).add_exit_states(10..20);

    let stores = (0..3).map(Spoilt).collect();
    let (results, _) = workflow.execute_concurrent(stores, WaitForever).await.unwrap();

    assert_eq!(letters(&results), "SFS");
    let WorkflowResult::Failed(error) = &results[1] else { panic!("it failed") };
    assert_eq!(error.to_string(), "workflow `Spoilt` panicked: a bug in a drop");
}

#[tokio::test(start_paused = true)]
async fn a_store_may_be_shared_in_an_arc() {
    let log = Log::new();
    let job = Arc::new(Job::new(1, End::Succeed, &log));
    let (results, _) = workflow().execute_concurrent(vec![job; 3], WaitForever).await.unwrap();
    assert_eq!(letters(&results), "SSS");
}
