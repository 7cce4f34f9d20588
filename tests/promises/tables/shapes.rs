//! Runs through a table: where they begin, what they carry, how an outcome selects the next state.

use cano::prelude::*;

use crate::log::Log;

pub(crate) enum Sorted {
    Plain,
    Heavy { by: u32 },
    Refused(String),
}

#[task]
async fn sort(weight: u32, store: &Log) -> CanoResult<Sorted> {
    store.note("sort");
    Ok(match weight {
        0 => Sorted::Refused("nothing".into()),
        1..=10 => Sorted::Plain,
        more => Sorted::Heavy { by: more - 10 },
    })
}

#[task]
async fn lift(by: u32, store: &Log) -> CanoResult<()> {
    store.note(format!("lift {by}"));
    Ok(())
}

#[task]
async fn label(weight: &u32, name: &str) -> CanoResult<Option<String>> {
    Ok((*weight < 100).then(|| format!("{name} {weight}")))
}

workflow! {
    /// From the counter to the shelf.
    #[store(Log)]
    #[derive(Debug, Clone, PartialEq)]
    enum Parcel {
        /// On the counter.
        #[start]
        Sort { weight: u32, name: String } = match sort(weight) {
            Plain => Label { weight, name },
            Heavy { by: 1..=1000 } if weight == 1000 => Back { reason: format!("{name} is a thousand") },
            Heavy { by } => Lift { by, weight, name },
            Refused(reason) => Back { reason },
        },
        Lift { by: u32, weight: u32, name: String } = lift(by) >> Label { weight, name },
        Label { weight: u32, name: String } = match label {
            Some(text) => Shelf { text },
            None => Back { reason: "too heavy".to_string() },
        },
        #[exit] Shelf { text: String },
        #[exit] Back { reason: String },
    }
}

fn on_shelf(text: &str) -> ParcelExit {
    ParcelExit::Shelf { text: text.into() }
}

fn back(reason: &str) -> ParcelExit {
    ParcelExit::Back { reason: reason.into() }
}

#[tokio::test(start_paused = true)]
async fn an_outcome_selects_the_next_state_and_the_data_moves_along() {
    for (weight, end, lines) in [
        (0, back("nothing"), vec!["sort"]),
        (7, on_shelf("ball 7"), vec!["sort"]),
        (11, on_shelf("ball 11"), vec!["sort", "lift 1"]),
        (200, back("too heavy"), vec!["sort", "lift 190"]),
        (1000, back("ball is a thousand"), vec!["sort"]),
        (2000, back("too heavy"), vec!["sort", "lift 1990"]),
    ] {
        let log = Log::new();
        assert_eq!(Parcel::run(weight, "ball".into(), &log).await.unwrap(), end, "{weight}");
        assert_eq!(log.lines(), lines, "{weight}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_may_begin_in_the_middle_of_a_table() {
    let (log, workflow) = (Log::new(), Parcel::workflow());
    let lift = Parcel::Lift { by: 5, weight: 15, name: "box".into() };
    assert_eq!(workflow.orchestrate_from(lift, &log).await.unwrap(), on_shelf("box 15"));
    assert_eq!(log.lines(), ["lift 5"]);
    let label = Parcel::Label { weight: 15, name: "box".into() };
    assert_eq!(workflow.orchestrate_from(label, &log).await.unwrap(), on_shelf("box 15"));
    assert_eq!(log.lines(), ["lift 5"]);
}

#[tokio::test(start_paused = true)]
async fn a_clone_of_a_state_begins_another_run() {
    let (log, start) = (Log::new(), Parcel::Sort { weight: 3, name: "cup".into() });
    let (left, right) =
        tokio::join!(async { Parcel::workflow().orchestrate_from(start.clone(), &log).await }, async {
            Parcel::workflow().orchestrate_from(start.clone(), &log).await
        },);
    assert_eq!((left.unwrap(), right.unwrap()), (on_shelf("cup 3"), on_shelf("cup 3")));
}

#[tokio::test]
async fn a_run_may_be_spawned() {
    let (log, workflow) = (Log::new(), std::sync::Arc::new(Parcel::workflow()));
    let runs = [1, 2, 3].map(|weight| {
        let (log, workflow) = (log.clone(), workflow.clone());
        tokio::spawn(async move {
            workflow.orchestrate_from(Parcel::Sort { weight, name: "n".into() }, &log).await
        })
    });
    for (run, text) in runs.into_iter().zip(["n 1", "n 2", "n 3"]) {
        assert_eq!(run.await.unwrap().unwrap(), on_shelf(text));
    }
}

#[tokio::test]
async fn a_task_is_still_a_function() {
    let log = Log::new();
    assert!(matches!(sort(12, &log).await, Ok(Sorted::Heavy { by: 2 })));
    assert_eq!(label(&5, "x").await.unwrap().as_deref(), Some("x 5"));
}

pub(crate) enum Answer {
    Yes { points: u32 },
    No,
}

#[task]
async fn ask(score: u32) -> CanoResult<Answer> {
    Ok(if score > 5 { Answer::Yes { points: score * 2 } } else { Answer::No })
}

workflow! {
    #[exits(name = Ends, derive(Debug, PartialEq, Clone))]
    enum Named {
        #[start] Ask { score: u32, name: &'static str } = ask(score) >> [Yes, No],
        #[exit] Yes { name: &'static str, points: u32 },
        #[exit] No,
    }
}

#[tokio::test(start_paused = true)]
async fn outcomes_that_bear_the_names_of_states_need_no_arms() {
    let store = MemoryStore::new();
    // One field comes from the state, the other from the outcome.
    assert_eq!(Named::run(9, "ada", &store).await.unwrap(), Ends::Yes { name: "ada", points: 18 });
    assert_eq!(Named::run(1, "ada", &store).await.unwrap().clone(), Ends::No);
}
