//! No line carries another's span.

use cano::prelude::*;
use tracing::{info, info_span};

use super::*;
use crate::observe::*;

/// Says which run it is of, before and after each of several waits.
#[task]
async fn speak(name: &str) -> CanoResult<()> {
    for turn in 0..5 {
        info!("{name} {turn}");
        tokio::task::yield_now().await;
    }
    Ok(())
}

workflow! {
    enum Speech {
        #[start] Speak { name: String } = speak(name) >> Again { name },
        Again { name: String } = speak(name) >> Done,
        #[exit] Done,
    }
}

async fn speech(name: &'static str) {
    let workflow = Speech::workflow().with_tracing_span(info_span!("run", name));
    workflow
        .orchestrate_from(Speech::Speak { name: name.to_owned() }, &MemoryStore::new())
        .await
        .expect("it ends");
}

#[tokio::test(start_paused = true)]
async fn two_runs_and_an_unrelated_task_on_one_thread_never_show_in_each_others_spans() {
    let (written, _guard) = Written::begin("info");
    let unrelated = async {
        for turn in 0..20 {
            info!("unrelated {turn}");
            tokio::task::yield_now().await;
        }
    };
    tokio::join!(speech("one"), unrelated, speech("two"));

    let lines = written.lines();
    let of = |name: &str| -> Vec<_> { lines.iter().filter(|line| line.contains(name)).cloned().collect() };
    assert_eq!(of("INFO unrelated").len(), 20, "an unrelated line has a span: {lines:#?}");
    for name in ["one", "two"] {
        let spoken = of(&format!(": {name} "));
        assert_eq!(spoken.len(), 10);
        for (turn, line) in spoken.iter().enumerate() {
            let state = if turn < 5 { "Speak" } else { "Again" };
            let expected = format!(
                r#"INFO run{{name="{name}"}}:task_execution{{state={state}}}:run_with_retries{{max_attempts=1}}:task_attempt{{attempt=1}}: {name} {}"#,
                turn % 5
            );
            assert_eq!(*line, expected);
        }
    }
    // In turns: else this test would show nothing.
    let first_of_two = lines.iter().position(|line| line.contains(": two 0")).unwrap();
    let last_of_one = lines.iter().rposition(|line| line.contains(": one 4")).unwrap();
    assert!(first_of_two < last_of_one);
}

#[task]
async fn speak_and_panic() -> CanoResult<()> {
    info!("about to panic");
    panic!("a bug")
}

workflow! {
    enum Panicking {
        #[start] Speak = speak_and_panic >> Done,
        #[exit] Done,
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_leaves_no_span_behind() {
    let (written, _guard) = Written::begin("info");
    assert!(Panicking::run(&MemoryStore::new()).await.is_err());
    info!("afterwards");

    assert_eq!(written.lines().last().unwrap(), "INFO afterwards");
    assert!(tracing::Span::current().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_dropped_says_so_and_leaves_no_span_behind() {
    let (written, _guard) = Written::begin("info");
    let mut workflow = Workflow::<(), Log>::new(()).with_name("One");
    workflow.register((), waits {});
    let log = Log::new();
    drop(tokio::time::timeout(Duration::from_secs(1), workflow.orchestrate(&log)).await);
    info!("afterwards");

    let lines = written.lines();
    assert_eq!(
        lines[lines.len() - 2..],
        [
            "WARN workflow:task_execution{state=()}:run_with_retries{max_attempts=1}:task_attempt{attempt=1}: Workflow dropped before its end workflow=One duration=1s",
            "INFO afterwards"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn the_callers_span_is_round_the_run() {
    let (written, _guard) = Written::begin("info");
    let store = MemoryStore::new();
    let run = Panicking::run(&store);
    let caller = info_span!("request", id = 7);
    assert!(tracing::Instrument::instrument(run, caller).await.is_err());

    assert!(
        written.lines().iter().all(|line| line.contains("request{id=7}:workflow: ")
            || line.contains("request{id=7}:workflow:task_execution{state=Speak}:run_with")),
        "{}",
        written.text()
    );
}
