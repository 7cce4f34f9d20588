//! One task over as many items as there are.

use cano::{CancellationToken, RunOptions, prelude::*};

#[task]
async fn echo(n: &u32) -> CanoResult<u32> {
    Ok(*n)
}

workflow! {
    #[derive(Debug)]
    enum Echo {
        #[start] All { ns: Vec<u32> } = match each(echo, over = ns) { ns => Done { ns } },
        #[exit] Done { ns: Vec<u32> },
    }
}

#[tokio::test(flavor = "current_thread")]
async fn an_each_whose_items_never_wait_lets_others_run() {
    let store = MemoryStore::new();
    let token = CancellationToken::new();
    let options = RunOptions::new().with_cancellation(token.clone());
    let workflow = Echo::workflow();
    let run = workflow.orchestrate_with(Echo::All { ns: (0..100_000).collect() }, &store, options);
    let other = tokio::spawn(async move {
        tokio::task::yield_now().await;
        token.cancel();
    });
    let end = run.await;
    other.await.unwrap();
    assert!(matches!(end, Err(CanoError::Cancelled(_))), "{}", end.is_ok());
}

#[tokio::test(start_paused = true)]
async fn an_each_goes_over_no_one_and_many_items_and_keeps_their_order() {
    for count in [0, 1, 10_000] {
        let EchoExit::Done { ns } = Echo::run((0..count).collect(), &MemoryStore::new()).await.unwrap();
        assert!(ns.into_iter().eq(0..count));
    }
}
