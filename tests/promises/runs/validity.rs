//! What is wrong with a builder's workflow, before it runs and while it runs.

use cano::{Fault, limit::ConcurrencyLimit, prelude::*};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Check,
    Ship { express: bool },
    Bill,
    Done,
}

#[task]
async fn check(_store: &MemoryStore) -> CanoResult<Step> {
    Ok(Step::Ship { express: true })
}

#[task]
async fn ship(_store: &MemoryStore) -> CanoResult<Step> {
    Ok(Step::Done)
}

fn faults(workflow: &Workflow<Step>) -> Vec<Fault> {
    match workflow.validate() {
        Ok(()) => Vec::new(),
        Err(CanoError::Invalid(invalid)) => invalid.faults().to_vec(),
        Err(other) => panic!("not a fault of the definition: {other:#}"),
    }
}

#[test]
fn a_workflow_whose_states_are_all_in_order_is_valid() {
    let mut workflow = Workflow::new(Step::Check);
    workflow.register(Step::Check, check {}).add_exit_state(Step::Done);
    assert_eq!(faults(&workflow), []);
    let at_once = &mut Workflow::new(Step::Done);
    assert_eq!(faults(at_once.add_exit_state(Step::Done)), []);
}

#[test]
fn validate_lists_every_fault_at_once() {
    // Given a workflow with a fault of each kind
    let mut workflow = Workflow::new(Step::Check);
    workflow
        .register(Step::Bill, check {})
        .register(Step::Bill, ship {})
        .register(Step::Ship { express: false }, ship {})
        .register(Step::Ship { express: false }, ship {})
        .add_exit_state(Step::Ship { express: false });
    // Then all of them are told, and told apart
    assert_eq!(
        faults(&workflow),
        [
            Fault::NoStartTask { state: "Check".into() },
            Fault::RegisteredTwice { state: "Bill".into() },
            Fault::RegisteredTwice { state: "Ship { express: false }".into() },
            Fault::ExitWithTask { state: "Ship { express: false }".into() },
        ]
    );
}

#[test]
fn an_undo_or_a_limit_of_a_state_without_a_task_is_a_fault() {
    // Given states that are misspelt, an exit that would be undone, and a start with a limit and no more
    static LIMIT: ConcurrencyLimit = ConcurrencyLimit::new(1);
    #[task]
    async fn take_back() -> CanoResult<()> {
        Ok(())
    }
    let mut workflow = Workflow::new(Step::Check);
    workflow
        .limit_by(Step::Check, &LIMIT)
        .register(Step::Bill, check {})
        .undo_by(Step::Bill, take_back {})
        .undo_by(Step::Ship { express: true }, take_back {})
        .limit_by(Step::Ship { express: false }, &LIMIT)
        .undo_by(Step::Done, take_back {})
        .add_exit_state(Step::Done);
    // Then each is told, once
    assert_eq!(
        faults(&workflow),
        [
            Fault::NoStartTask { state: "Check".into() },
            Fault::NoTask { state: "Ship { express: true }".into() },
            Fault::NoTask { state: "Ship { express: false }".into() },
            Fault::NoTask { state: "Done".into() },
        ]
    );
    assert_eq!(
        faults(&workflow)[1].to_string(),
        "state `Ship { express: true }` has an undo or a limit, but no task: register one, or correct the state"
    );
}

#[test]
fn an_empty_workflow_lacks_a_start_and_an_exit() {
    let empty = Workflow::<Step>::new(Step::Check).with_name("Orders");
    assert_eq!(faults(&empty), [Fault::NoStartTask { state: "Check".into() }, Fault::NoExit]);
    assert_eq!(
        empty.validate().unwrap_err().to_string(),
        "workflow `Orders` is not valid: the start state `Check` has no task: register one, or add it as an exit \
         state; no exit state: add at least one with `add_exit_state`"
    );
}

#[test]
fn an_exit_added_twice_is_no_fault() {
    let mut workflow = Workflow::new(Step::Check);
    workflow
        .register(Step::Check, check {})
        .add_exit_states([Step::Done, Step::Done])
        .add_exit_state(Step::Done);
    assert_eq!(faults(&workflow), []);
}

#[tokio::test(start_paused = true)]
async fn a_state_that_nobody_registered_names_itself_and_the_state_that_led_there() {
    let mut workflow = Workflow::new(Step::Check);
    workflow.register(Step::Check, check {}).add_exit_state(Step::Done);
    let error = workflow.orchestrate(&MemoryStore::new()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "workflow `Step`: state `Check` led to `Ship { express: true }`, which is not registered: register a task \
         for it, or add it as an exit state"
    );
    let CanoError::UnregisteredState(unregistered) = error else { panic!("not of its kind: {error:#}") };
    assert_eq!((unregistered.state(), unregistered.from()), ("Ship { express: true }", Some("Check")));
    assert_eq!(unregistered.workflow(), "Step");
}

#[tokio::test(start_paused = true)]
async fn a_start_that_nobody_registered_says_that_the_run_began_there() {
    let mut workflow = Workflow::new(Step::Check);
    workflow.register(Step::Bill, check {}).add_exit_state(Step::Done);
    for run in [
        workflow.orchestrate(&MemoryStore::new()).await,
        workflow.orchestrate_from(Step::Check, &MemoryStore::new()).await,
    ] {
        let error = run.unwrap_err();
        assert_eq!(
            error.to_string(),
            "workflow `Step`: the run began in `Check`, which is not registered: register a task for it, or add it \
             as an exit state"
        );
        assert!(matches!(error, CanoError::UnregisteredState(e) if e.from().is_none()));
    }
}

#[tokio::test(start_paused = true)]
async fn a_state_that_nobody_registered_is_found_even_where_the_one_before_it_was_attempted_often() {
    #[task(retry = fixed(3, "1s"))]
    async fn hesitate(cx: &Cx) -> CanoResult<Step> {
        if cx.attempt() < 3 { Err("not yet".into()) } else { Ok(Step::Bill) }
    }
    let mut workflow = Workflow::new(Step::Check);
    workflow.register(Step::Check, hesitate {}).add_exit_state(Step::Done);
    let error = workflow.orchestrate(&MemoryStore::new()).await.unwrap_err();
    assert!(
        matches!(error, CanoError::UnregisteredState(e) if e.from() == Some("Check") && e.state() == "Bill")
    );
}
