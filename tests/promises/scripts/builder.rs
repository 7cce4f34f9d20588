//! A script, played by the builder.

use cano::prelude::*;

use super::{
    script::{Script, Seen, Way},
    tasks::{Falling, GATE, Play, brisk, gated, patient, plain, undo},
};

pub(super) async fn run(script: &Script, is_observed: bool) -> Seen {
    let mut workflow = Workflow::new(Way::S0);
    if is_observed {
        workflow = workflow.with_observer(|_: &cano::Event<'_>| {});
    }
    for (k, state) in Way::STATES.into_iter().enumerate() {
        match k % 4 {
            0 => workflow.register(state, plain {}),
            1 => workflow.register(state, patient {}).undo_by(state, undo {}),
            2 if state == Way::S2 => workflow.register(state, brisk {}).limit_by(state, &GATE),
            2 => workflow.register(state, gated {}).limit_by(state, &GATE),
            _ if state == Way::S7 => workflow.register(state, Falling).limit_by(state, &GATE),
            _ => workflow.register(state, Falling),
        };
    }
    workflow.add_exit_states([Way::Fill, Way::End]);
    let play = Play::of(script);
    let end = workflow.orchestrate_with(Way::S0, &play, script.options()).await;
    play.seen(end.map(|way| format!("{way:?}")))
}
