//! What a test of a workflow has.

use std::{num::NonZeroUsize, panic::AssertUnwindSafe};

use cano::{
    prelude::*,
    testing::{Coverage, Recorder, assert_path, step},
};

use super::*;

/// A run of `Search`, seen by `observer`.
async fn search(n: u32, observer: impl Observer) {
    let workflow = Search::workflow().with_observer(observer);
    workflow.orchestrate_from(Search::Look { n }, &MemoryStore::new()).await.expect("it ends");
}

/// What the assertion says.
fn message(assertion: impl FnOnce()) -> String {
    let payload = std::panic::catch_unwind(AssertUnwindSafe(assertion)).expect_err("it does not hold");
    payload.downcast_ref::<String>().expect("a message").clone()
}

#[tokio::test(start_paused = true)]
async fn the_path_of_a_run_is_asserted_by_the_states_names() {
    let recorder = Recorder::new();
    search(0, recorder.clone()).await;

    assert_path!(recorder, [Look, Tell, Told]);
}

#[tokio::test(start_paused = true)]
async fn the_path_of_a_run_is_that_of_its_own_workflow() {
    let recorder = Recorder::new();
    let workflow = Outer::workflow().with_observer(recorder.clone());
    workflow.orchestrate_from(Outer::Within { n: 0 }, &MemoryStore::new()).await.expect("it ends");

    assert_path!(recorder, [Within, Done]);
    assert_eq!(recorder.attempts("Pair"), 1);
    assert_eq!(recorder.attempts("Both"), 2);
}

#[tokio::test(start_paused = true)]
async fn a_path_that_is_another_one_is_shown_where_it_parts() {
    let recorder = Recorder::new();
    search(1, recorder.clone()).await;

    assert_eq!(
        message(|| assert_path!(recorder, [Look, Tell, Told])),
        "the run took another path\n  expected: Look -> Tell -> Told\n  taken:    Look -> Empty\n  at step 2: expected `Tell`, taken `Empty`"
    );
    assert_eq!(recorder.attempts("work"), 2);
}

#[tokio::test(start_paused = true)]
async fn a_path_of_several_runs_is_refused_until_the_recorder_is_cleared() {
    let recorder = Recorder::new();
    search(0, recorder.clone()).await;
    search(1, recorder.clone()).await;
    assert!(message(|| assert_path!(recorder, [Look, Empty])).contains("the recorder saw 2"));

    recorder.clear();
    search(1, recorder.clone()).await;
    assert_path!(recorder, [Look, Empty]);
}

#[tokio::test(start_paused = true)]
async fn a_recorder_forgets_the_first_events_and_says_how_many() {
    let recorder = Recorder::with_capacity(NonZeroUsize::new(3).expect("not 0"));
    search(0, recorder.clone()).await;

    let lines: Vec<_> = recorder.events().iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        ["state `Tell` leads to `Told`", "state `Told` is entered", "workflow `Search` ended after 1s: exit"]
    );
    assert_eq!(recorder.forgotten(), 9);
}

#[tokio::test(start_paused = true)]
async fn coverage_lists_the_ways_that_no_run_took_until_one_does() {
    let coverage = Coverage::of(Search::TABLE);
    let missed = || coverage.missed().iter().map(ToString::to_string).collect::<Vec<_>>();
    search(0, coverage.clone()).await;
    assert_eq!(missed(), ["Look -> Empty on Little", "Look -> Empty on the error _"]);

    search(1, coverage.clone()).await;
    assert_eq!(missed(), ["Look -> Empty on the error _"]);
    assert_eq!(
        message(|| coverage.assert_complete()),
        "no run of `Search` took\n  Look -> Empty on the error _"
    );

    search(9, coverage.clone()).await;
    coverage.assert_complete();
}

#[tokio::test(start_paused = true)]
async fn coverage_is_shown_in_colours_of_the_tables_own_arrows() {
    let coverage = Coverage::of(Search::TABLE);
    search(0, coverage.clone()).await;

    let drawn = coverage.to_mermaid();
    assert!(drawn.starts_with(&Search::TABLE.to_mermaid()));
    let colours: Vec<_> =
        drawn.lines().filter(|line| line.contains("linkStyle")).map(|line| &line[..28]).collect();
    assert_eq!(
        colours,
        [
            "    linkStyle 0 stroke:#1a7f",
            "    linkStyle 1 stroke:#cf22",
            "    linkStyle 2 stroke:#cf22",
            "    linkStyle 3 stroke:#1a7f"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn coverage_counts_the_runs_of_its_own_table_alone() {
    let coverage = Coverage::of(Pair::TABLE);
    search(0, coverage.clone()).await;
    assert_eq!(coverage.missed().len(), 2);

    let outer = Outer::workflow().with_observer(coverage.clone());
    outer.orchestrate_from(Outer::Within { n: 0 }, &MemoryStore::new()).await.expect("it ends");
    assert_eq!(coverage.missed().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn one_state_runs_alone_with_its_retries_and_catches() {
    let store = MemoryStore::new();
    let to = |stepped: CanoResult<cano::testing::Stepped>| {
        stepped.map(|one| (one.to, one.outcome.unwrap_or_default(), one.is_caught))
    };

    assert_eq!(
        to(step(&Search::workflow(), Search::Look { n: 0 }, &store).await).expect("it steps"),
        ("Tell".into(), "Much".into(), false)
    );
    assert_eq!(
        to(step(&Search::workflow(), Search::Look { n: 9 }, &store).await).expect("it steps"),
        ("Empty".into(), "_".into(), true)
    );
    let exit = step(&Search::workflow(), Search::Told, &store).await.expect_err("an exit runs nothing");
    assert!(exit.to_string().contains("`Told` is an exit"), "{exit}");
    let failed = step(&Faulty::workflow(), Faulty::Both, &store).await.expect_err("nothing catches it");
    assert!(matches!(failed, CanoError::Panicked(_)), "{failed}");
}

#[tokio::test(start_paused = true)]
async fn after_one_state_nothing_of_the_next_one_runs_and_nothing_is_undone() {
    let log = Log::new();
    let mut workflow = Workflow::new(0);
    workflow.register(0, Go).undo_by(0, never {}).register(1, Go).undo_by(1, never {});
    let stepped = step(&workflow, 0, &log).await.expect("it steps");

    assert_eq!((stepped.to.as_str(), stepped.outcome), ("1", None));
    assert_eq!(log.lines(), ["called"]);
}

#[task]
async fn never() -> CanoResult<()> {
    panic!("nothing is undone")
}

#[tokio::test(start_paused = true)]
async fn one_state_that_runs_a_workflow_of_its_own_leads_on_in_its_own_table() {
    let stepped =
        step(&Outer::workflow(), Outer::Within { n: 0 }, &MemoryStore::new()).await.expect("it steps");

    assert_eq!(stepped.to, "Done");
}
