//! Rules about the tasks of all rows together.

use std::collections::HashMap;

use crate::{
    mistake::{Mistake, Mistakes},
    model::{Call, Instance, State, Workflow, text},
};

/// W0116
pub(super) fn no_workflow_nests_itself(workflow: &Workflow, mistakes: &mut Mistakes) {
    let name = &workflow.name;
    for call in calls(workflow).filter(|call| call.task.is_ident(name)) {
        mistakes.push(
            Mistake::at(&call.task, format!("workflow `{name}` is a task of itself"))
                .code("W0116")
                .help(format!("run it in a task, boxed: `Box::pin({name}::run(.., store)).await`"))
                .note("its tasks would hold its tasks without end; a loop is a route to an earlier state"),
        );
    }
}

/// W0117
pub(super) fn each_has_a_slot_of_its_own(workflow: &Workflow, mistakes: &mut Mistakes) {
    let mut slots: HashMap<String, String> = HashMap::new();
    for call in calls(workflow) {
        let Instance::Slot(slot) = &call.instance else { continue };
        let task = text(&call.task);
        let first = slots.entry(slot.to_string()).or_insert_with(|| task.clone());
        if *first != task {
            let (tasks, field) = (&workflow.name, slot);
            mistakes.push(
                Mistake::at(
                    &call.task,
                    format!("`{first}` and `{task}` would both be the field `{field}` of `{tasks}Tasks`"),
                )
                .code("W0117")
                .help(format!(
                    "give one another name: `type Other{} = {};`",
                    call.name(),
                    task.replace("::<", "<")
                )),
            );
        }
    }
}

fn calls(workflow: &Workflow) -> impl Iterator<Item = &Call> {
    workflow.states.iter().flat_map(State::calls)
}
