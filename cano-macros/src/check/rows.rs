use std::collections::HashSet;

use proc_macro2::Ident;

use crate::{
    mistake::{Mistake, Mistakes},
    model::{
        Call, Each, Limit, Row, Several, State, Ways, Workflow, exit_with_task, several_at_once,
        stands_alone, text,
    },
    suggest::did_you_mean,
};

/// W0104
pub(super) fn exit_has_no_task(state: &State, mistakes: &mut Mistakes) {
    if !state.is_exit() {
        return;
    }
    let name = &state.name;
    if let Some(row) = &state.row {
        let tasks: Vec<_> = row.calls.iter().map(|call| &call.task).collect();
        mistakes.push(exit_with_task(name, quote::quote!(#(#tasks)*)));
    }
    let policy = state.retry.iter().map(|(path, _)| path);
    let extra = policy.map(|path| (quote::quote!(#path), "retry"));
    let timeout = state.timeout.iter().map(|(path, _)| (quote::quote!(#path), "timeout"));
    let limit = state.limits.iter().map(|(path, _)| (quote::quote!(#path), "limit"));
    let undo = state.undo.iter().map(|(path, _)| (quote::quote!(#path), "undo"));
    let caught = state.catches.iter().map(|catch| {
        let pat = catch.pattern.pat();
        (quote::quote!(#pat), "catch")
    });
    for (tokens, attr) in extra.chain(timeout).chain(limit).chain(undo).chain(caught) {
        mistakes.push(
            Mistake::at(tokens, format!("exit state `{name}` has no task for `#[{attr}]`"))
                .code("W0110")
                .help(format!("remove the `#[{attr}]`")),
        );
    }
}

/// W0105
pub(super) fn state_has_a_task(state: &State, mistakes: &mut Mistakes) {
    if state.row.is_some() || state.is_exit() || state.is_broken {
        return;
    }
    let name = &state.name;
    mistakes.push(
        Mistake::at(name, format!("state `{name}` has no task"))
            .code("W0105")
            .help(format!("write `{name} = task >> Next`, or mark it as an exit: `#[exit] {name}`")),
    );
}

/// W0105
pub(super) fn routes_something(state: &State, mistakes: &mut Mistakes) {
    let Some(Row { calls, ways, .. }) = &state.row else { return };
    let routes_nothing = match ways {
        Ways::One(_) => false,
        Ways::Named(states) => states.is_empty(),
        Ways::Arms(arms) => arms.is_empty() && state.catches.is_empty(),
    };
    if routes_nothing {
        let (name, tasks) = (&state.name, calls.iter().map(|call| &call.task));
        mistakes.push(
            Mistake::at(quote::quote!(#(#tasks)*), format!("state `{name}` does not say what follows"))
                .code("W0105")
                .help("route each outcome of the task: `match task { Outcome => State, .. }`"),
        );
    }
}

/// W0113
pub(super) fn lends_fields_of_the_state(workflow: &Workflow, state: &State, mistakes: &mut Mistakes) {
    let Some(row) = &state.row else { return };
    if state.has_broken_row {
        return;
    }
    if let Some(mistake) = row.calls.iter().find_map(|call| lends_tasks(call, state)) {
        mistakes.push(mistake);
        return;
    }
    let fields: Vec<_> = state.fields.iter().map(|field| field.name.to_string()).collect();
    let of_undo = state.undo.iter().flat_map(|(_, call)| call.args.iter().flatten());
    // What the undo is lent may be what the task has yielded.
    let of_undo = of_undo.filter(|arg| *arg != "outcome");
    for arg in row.lends().chain(of_undo) {
        if state.field(arg).is_some() {
            continue;
        }
        let mistake = Mistake::at(arg, format!("state `{}` has no field `{arg}`", state.name)).code("W0113");
        if arg == "store" || arg == "cx" {
            mistakes
                .push(mistake.help(format!("leave it out: a task gets its `{arg}` without being lent it")));
            continue;
        }
        if is_the_store(arg, workflow) {
            mistakes.push(
                mistake
                    .help(format!(
                        "write `#[store] {arg}` in the task, or name the parameter `store`; lend nothing"
                    ))
                    .note("a task gets the store without being lent it"),
            );
            continue;
        }
        if let Several::Each(each) = &row.several
            && each.over != *arg
        {
            let (task, over) = (row.calls.first().map(Call::name).unwrap_or_default(), &each.over);
            mistakes.push(
                mistake
                    .help(format!("write `each({task}, over = {over})`, or a field that the task is lent beside the item"))
                    .note("the item is lent first, and has no name"),
            );
            continue;
        }
        mistakes.push(if fields.is_empty() {
            mistake.help(format!("declare it: `{} {{ {arg}: Type }}`", state.name))
        } else {
            mistake.help(did_you_mean(&arg.to_string(), "its fields are", fields.iter().map(String::as_str)))
        });
    }
}

/// `all(a, b)`, where neither is a field: several tasks at once, as they are written elsewhere.
fn lends_tasks(call: &Call, state: &State) -> Option<Mistake> {
    let args = call.args.as_ref()?;
    if args.iter().any(|arg| state.field(arg).is_some()) {
        return None;
    }
    if call.task.is_ident("any") || call.task.is_ident("each") {
        return Some(stands_alone(&call.task, &call.name()));
    }
    let several = several_at_once(&call.name(), &args.iter().map(text).collect::<Vec<_>>())?;
    let rule = format!("state `{}` has no such fields", state.name);
    Some(
        Mistake::at(&call.task, rule)
            .code("W0113")
            .help(format!("write `{several}` for several tasks at once")),
    )
}

/// Whether a name is that of the store's type, as `db` is of `Db`, or of `Arc<Db>`.
fn is_the_store(name: &Ident, workflow: &Workflow) -> bool {
    let name = name.to_string().replace('_', "");
    let store = workflow.store.as_ref().map(text).unwrap_or_default();
    store.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case(&name))
}

/// W0106
pub(super) fn targets_are_states(workflow: &Workflow, state: &State, mistakes: &mut Mistakes) {
    for target in state.targets().into_iter().filter(|target| workflow.state(target).is_none()) {
        let names: Vec<_> = workflow.states.iter().map(|state| state.name.to_string()).collect();
        let wrong = target.to_string();
        let help = did_you_mean(&wrong, "its states are", names.iter().map(String::as_str));
        mistakes.push(
            Mistake::at(target, format!("workflow `{}` has no state `{wrong}`", workflow.name))
                .code("W0106")
                .help(help),
        );
    }
}

/// W0110
pub(super) fn catches_can_apply(state: &State, mistakes: &mut Mistakes) {
    let (mut all, mut seen) = (None, HashSet::new());
    for catch in &state.catches {
        let pat = catch.pattern.pat();
        let never = Mistake::at(pat, "this `#[catch]` never applies").code("W0110");
        if let Some(earlier) = &all {
            mistakes.push(
                never
                    .help(format!("put it before `#[catch({earlier} => ..)]`, which catches every error"))
                    .note("they are tried in their order"),
            );
        } else if catch.pattern.catches_all() {
            all = Some(text(pat));
        } else if !seen.insert(text(pat)) {
            mistakes.push(
                never
                    .help("remove it: the same pattern stands before it")
                    .note("they are tried in their order"),
            );
        } else if catch.pattern.is_of_a_panic() {
            mistakes.push(
                never
                    .help("remove it, and look at the error that the run ends with")
                    .note("a panic is a bug and ends the run"),
            );
        }
    }
}

/// W0118
pub(super) fn limit_is_no_field(state: &State, mistakes: &mut Mistakes) {
    let Some(Row { several: Several::Each(Each { limit: Some(Limit::Path(path)), .. }), .. }) = &state.row
    else {
        return;
    };
    if path.get_ident().is_some_and(|name| state.field(name).is_some()) {
        mistakes.push(
            Mistake::at(path, "the limit of `each` is a number or a constant, not a field")
                .code("W0118")
                .help("write how many items go on at once, as in `limit = 8`, or the path of a constant"),
        );
    }
}

/// W0113
pub(super) fn outcome_is_no_field(state: &State, mistakes: &mut Mistakes) {
    let lent = state.undo.iter().flat_map(|(_, call)| call.args.iter().flatten());
    for arg in lent.filter(|arg| *arg == "outcome" && state.field(arg).is_some()) {
        mistakes.push(
            Mistake::at(
                arg,
                format!("`outcome` is what the task yields, and a field of state `{}`", state.name),
            )
            .code("W0113")
            .help("give the field another name"),
        );
    }
}
