//! The rules of a table, one function each.

mod control_flow;
mod graph;
mod rows;
mod schedule;
mod tasks;

use crate::{
    mistake::{Mistake, Mistakes},
    model::{State, Workflow},
};

/// Checks every rule; those about ways only where every way is known.
pub(crate) fn check(workflow: &Workflow, mistakes: &mut Mistakes) {
    let syntax_is_right = mistakes.is_empty();
    if syntax_is_right {
        has_states(workflow, mistakes);
        if workflow.states.is_empty() {
            return;
        }
        has_one_start(workflow, mistakes);
        has_an_exit(workflow, mistakes);
    }
    no_lifetimes(workflow, mistakes);
    schedule::it_fires(workflow, mistakes);
    for state in &workflow.states {
        rows::exit_has_no_task(state, mistakes);
        rows::state_has_a_task(state, mistakes);
        rows::lends_fields_of_the_state(workflow, state, mistakes);
        if workflow.knows_its_states {
            rows::targets_are_states(workflow, state, mistakes);
        }
        rows::catches_can_apply(state, mistakes);
        rows::outcome_is_no_field(state, mistakes);
        rows::limit_is_no_field(state, mistakes);
        control_flow::none_in_a_row(state, mistakes);
    }
    tasks::no_workflow_nests_itself(workflow, mistakes);
    tasks::each_has_a_slot_of_its_own(workflow, mistakes);
    if mistakes.is_empty() {
        for state in &workflow.states {
            rows::routes_something(state, mistakes);
        }
    }
    if mistakes.is_empty() {
        graph::every_state_is_reached(workflow, mistakes);
        graph::an_exit_is_reached(workflow, mistakes);
    }
}

/// W0100
fn has_states(workflow: &Workflow, mistakes: &mut Mistakes) {
    if workflow.states.is_empty() {
        let rule = format!("workflow `{}` has no states", workflow.name);
        mistakes.push(
            Mistake::at(&workflow.name, rule)
                .code("W0100")
                .help("write a start state and an exit: `#[start] Begin = task >> Done, #[exit] Done`"),
        );
    }
}

/// W0101, W0102
fn has_one_start(workflow: &Workflow, mistakes: &mut Mistakes) {
    let mut starts = workflow.states.iter().filter_map(|state| Some((state, state.start.as_ref()?)));
    let Some((first, _)) = starts.next() else {
        let rule = format!("workflow `{}` has no start state", workflow.name);
        let likely = workflow.states.iter().find(|state| !state.is_exit()).unwrap_or(&workflow.states[0]);
        mistakes.push(
            Mistake::at(&workflow.name, rule).code("W0101").help(format!(
                "put `#[start]` on the state in which a run begins, such as `{}`",
                likely.name
            )),
        );
        return;
    };
    for (_, again) in starts {
        let rule = format!("a second start state: runs begin in `{}`", first.name);
        mistakes.push(
            Mistake::at(again, rule)
                .code("W0102")
                .help("remove one of the two `#[start]`")
                .note("a run may also begin elsewhere, by `orchestrate_from`"),
        );
    }
}

/// W0103, unless a state without a task is told that it may be one.
fn has_an_exit(workflow: &Workflow, mistakes: &mut Mistakes) {
    let may_be_exit = |state: &State| state.is_exit() || (state.row.is_none() && !state.is_broken);
    if !workflow.states.iter().any(may_be_exit) {
        let rule = format!("workflow `{}` has no exit state", workflow.name);
        mistakes.push(
            Mistake::at(&workflow.name, rule)
                .code("W0103")
                .help("put `#[exit]` on each state in which a run ends, as in `#[exit] Done`")
                .note("a run without an exit never ends"),
        );
    }
}

/// W0115
fn no_lifetimes(workflow: &Workflow, mistakes: &mut Mistakes) {
    let declared = workflow.generics.lifetimes().map(|param| quote::quote!(#param)).collect::<Vec<_>>();
    // One that is declared is told once, where it is declared.
    let borrowed = workflow.borrowed.iter().filter(|_| declared.is_empty());
    for tokens in declared.iter().chain(borrowed) {
        mistakes.push(
            Mistake::at(tokens, "the states of a workflow borrow nothing")
                .code("W0115")
                .help("let the fields own their data (a `String` for a `&str`), or share it in an `Arc` or in the store")
                .note("a run may outlive what started it: it is spawned, waits, and is resumed"),
        );
    }
}
