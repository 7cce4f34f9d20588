//! A subscriber sees what it asks for, and nothing more is made.

use cano::prelude::*;

use super::*;
use crate::observe::*;

#[tokio::test(start_paused = true)]
async fn a_subscriber_for_warnings_sees_the_failures_alone() {
    let (written, _guard) = Written::begin("warn");
    Search::run(9, &MemoryStore::new()).await.unwrap();

    assert_log(
        &written,
        r#"
        WARN Task execution failed, retrying workflow=Search state=Look task=work attempt=1 error=busy 1 delay=10s
        WARN Task execution failed, retrying workflow=Search state=Look task=work attempt=2 error=busy 2 delay=10s
        ERROR Task execution failed after its last attempt attempts=3 error=workflow `Search`, state `Look`: task `work` failed after 3 attempts: busy 3
        "#,
    );
}

#[tokio::test(start_paused = true)]
async fn a_subscriber_that_filters_us_out_sees_the_users_own_span_all_the_same() {
    #[task]
    async fn speak() -> CanoResult<()> {
        tracing::info!("hello");
        Ok(())
    }
    workflow! {
        enum Hello {
            #[start] Speak = speak >> Done,
            #[exit] Done,
        }
    }
    let (written, _guard) = Written::begin("info,cano=off");
    let span = tracing::info_span!("mine", id = 1);
    Hello::workflow().with_tracing_span(span).orchestrate(&MemoryStore::new()).await.unwrap();

    assert_eq!(written.text(), "INFO mine{id=1}: hello\n");
}

#[tokio::test(start_paused = true)]
async fn a_subscriber_that_wants_nothing_is_told_nothing() {
    let (written, _guard) = Written::begin("off");
    Search::run(9, &MemoryStore::new()).await.unwrap();

    assert_eq!(written.text(), "");
}
