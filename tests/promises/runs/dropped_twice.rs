//! Drops that panic, one after the other.

use std::{future::pending, time::Duration};

use cano::{RunOptions, prelude::*};

use crate::log::Log;

/// Panics when it is dropped.
struct Fragile(Log, &'static str);

impl Drop for Fragile {
    fn drop(&mut self) {
        self.0.note(self.1);
        panic!("the drop of {}", self.1);
    }
}

#[derive(Default)]
struct Waits;
#[node(fallible_exec)]
impl Waits {
    async fn prep(&self, store: &Log) -> CanoResult<Fragile> {
        Ok(Fragile(store.clone(), "what was prepared"))
    }

    async fn exec(&self, prepared: &Fragile) -> CanoResult<()> {
        let _local = Fragile(prepared.0.clone(), "what exec had");
        pending().await
    }

    async fn post(&self, done: ()) -> CanoResult<()> {
        Ok(done)
    }
}

workflow! {
    #[store(Log)]
    enum Breaking {
        #[start] Only = Waits >> Done,
        #[exit] Done,
    }
}

#[tokio::test(start_paused = true)]
async fn two_drops_of_an_attempt_that_is_ended_may_panic() {
    let log = Log::new();
    let options = RunOptions::new().with_timeout(Duration::from_secs(1));

    let end = Breaking::workflow().orchestrate_with(Breaking::Only, &log, options).await;

    assert!(matches!(end, Err(CanoError::Panicked(_))));
    assert_eq!(log.lines(), ["what exec had", "what was prepared"]);
}
