use std::time::Duration;

use cano::{ConcurrentWorkflow, WaitStrategy::*, prelude::*};
use tokio::time::sleep;

use super::letters;
use crate::log::Log;

#[task]
async fn charge(store: &Log) -> CanoResult<&'static str> {
    store.note("charged");
    Ok("ship")
}

#[task]
async fn refund(store: &Log) -> CanoResult<()> {
    sleep(Duration::from_secs(1)).await;
    store.note("refunded");
    Ok(())
}

#[task]
async fn ship(store: &Log) -> CanoResult<&'static str> {
    let _guard = store.on_drop("let go");
    sleep(Duration::from_secs(10)).await;
    Ok("shipped")
}

#[tokio::test(start_paused = true)]
async fn runs_that_a_strategy_cancels_undo_what_they_did_before_the_call_returns() {
    let log = Log::new();
    let mut workflow = ConcurrentWorkflow::new("charge");
    workflow.register("charge", charge {}).undo_by("charge", refund {});
    workflow.register("ship", ship {}).add_exit_state("shipped");

    let strategy = WaitDuration(Duration::from_secs(2));
    let (results, status) = workflow.execute_concurrent(vec![log.clone(); 3], strategy).await.unwrap();

    assert_eq!((letters(&results).as_str(), status.duration), ("CCC", Duration::from_secs(3)));
    assert_eq!((log.count("let go"), log.count("refunded")), (3, 3));
}
