//! Rules about the ways through a table.

use crate::{
    mistake::{Mistake, Mistakes},
    model::{State, Workflow},
    suggest::list,
};

/// The states' neighbours, by index.
struct Graph {
    next: Vec<Vec<usize>>,
}

impl Graph {
    fn of(workflow: &Workflow) -> Self {
        let next =
            |state: &State| state.targets().into_iter().filter_map(|name| workflow.place(name)).collect();
        Self { next: workflow.states.iter().map(next).collect() }
    }

    fn reversed(&self) -> Self {
        let mut next = vec![Vec::new(); self.next.len()];
        for (from, tos) in self.next.iter().enumerate() {
            for to in tos {
                next[*to].push(from);
            }
        }
        Self { next }
    }

    /// Which states can be reached from these.
    fn reached(&self, from: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut reached = vec![false; self.next.len()];
        let mut todo: Vec<_> = from.into_iter().collect();
        while let Some(state) = todo.pop() {
            if !std::mem::replace(&mut reached[state], true) {
                todo.extend(&self.next[state]);
            }
        }
        reached
    }
}

/// W0107
pub(super) fn every_state_is_reached(workflow: &Workflow, mistakes: &mut Mistakes) {
    let starts = workflow.states.iter().position(|state| state.start.is_some());
    let graph = Graph::of(workflow);
    let mut reached = graph.reached(starts);
    // What only follows from a state that is not reached is told with it. Those that nothing leads to come first.
    let before = graph.reversed();
    let is_first = |state: &usize, reached: &[bool]| {
        before.next[*state].iter().all(|from| reached[*from] || from == state)
    };
    let mut told = Vec::new();
    while let Some(first) = {
        let mut missed = (0..reached.len()).filter(|state| !reached[*state]);
        missed.clone().find(|state| is_first(state, &reached)).or_else(|| missed.next())
    } {
        let follows = graph.reached([first]);
        let with_it =
            (0..reached.len()).filter(|state| follows[*state] && !reached[*state] && *state != first);
        told.push((first, with_it.collect::<Vec<_>>()));
        for (reached, follows) in reached.iter_mut().zip(follows) {
            *reached |= follows;
        }
    }
    told.sort_by_key(|(first, _)| *first);
    for (first, with_it) in told {
        let name = &workflow.states[first].name;
        let mistake = Mistake::at(name, format!("no run reaches state `{name}`"))
            .code("W0107")
            .help(format!("route an outcome to it, as in `task >> {name}`, or remove it"));
        let with_it: Vec<_> = with_it.iter().map(|state| workflow.states[*state].name.to_string()).collect();
        mistakes.push(match with_it.is_empty() {
            true => mistake,
            false => {
                mistake.note(format!("so none reaches {} either", list(with_it.iter().map(String::as_str))))
            }
        });
    }
}

/// W0108: once for each set of states between which a run would move for ever.
pub(super) fn an_exit_is_reached(workflow: &Workflow, mistakes: &mut Mistakes) {
    let graph = Graph::of(workflow);
    let before = graph.reversed();
    let exits = workflow.states.iter().enumerate().filter(|(_, state)| state.is_exit()).map(|(i, _)| i);
    let mut ends = before.reached(exits);
    // What no run reaches was told.
    let starts = workflow.states.iter().position(|state| state.start.is_some());
    for (ends, reached) in ends.iter_mut().zip(graph.reached(starts)) {
        *ends |= !reached;
    }
    let mut told = vec![false; ends.len()];
    for first in 0..ends.len() {
        if ends[first] || told[first] {
            continue;
        }
        // What cannot end can only move among what cannot end: told once, for all that is connected.
        let trap = graph.reached([first]);
        for (told, trapped) in told.iter_mut().zip(&trap) {
            *told |= trapped;
        }
        let leads_there = before.reached((0..trap.len()).filter(|i| trap[*i]));
        for i in (0..told.len()).filter(|i| leads_there[*i] && !ends[*i]) {
            told[i] = true;
        }
        // One that can be left for good is only on the way.
        let is_left = |i: &usize| {
            graph.reached([*i]).into_iter().zip(before.reached([*i])).any(|(on, back)| on && !back)
        };
        let moves: Vec<_> = (0..trap.len())
            .filter(|i| trap[*i] && !is_left(i))
            .map(|i| workflow.states[i].name.to_string())
            .collect();
        let name = &workflow.states[first].name;
        let between = match moves.as_slice() {
            [only] => format!("a run would stay in `{only}` for ever"),
            several => {
                format!("a run would move between {} for ever", list(several.iter().map(String::as_str)))
            }
        };
        mistakes.push(
            Mistake::at(name, format!("no exit can be reached from state `{name}`"))
                .code("W0108")
                .help("route an outcome to an exit")
                .note(between),
        );
    }
}
