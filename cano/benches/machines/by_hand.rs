//! As the loop that one would write by hand, over the same tasks and states.

use std::{
    hint::black_box,
    sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed},
};

use cano::prelude::*;

use super::{
    tables::{Cycle, OfNodes, One, hundred, ten},
    work::{BackInThree, ThereInThree, Turn, back, pass, there},
};

pub(crate) async fn cycle(turns: u64) -> CanoResult<u64> {
    let mut state = Cycle::There { turns };
    loop {
        state = match state {
            Cycle::There { turns } => match there(&turns).await? {
                Turn::On(turns) => Cycle::Back { turns },
                Turn::Enough(turns) => Cycle::Done { turns },
            },
            Cycle::Back { turns } => match back(&turns).await? {
                Turn::On(turns) => Cycle::There { turns },
                Turn::Enough(turns) => Cycle::Done { turns },
            },
            Cycle::Done { turns } => return Ok(turns),
        };
    }
}

/// The cycle of nodes, each part awaited in turn.
pub(crate) async fn cycle_of_nodes(turns: u64) -> CanoResult<u64> {
    let (there, back) = (ThereInThree, BackInThree);
    let mut state = OfNodes::There { turns };
    loop {
        state = match state {
            OfNodes::There { turns } => {
                match there.post(there.exec(there.prep(&turns).await?).await).await? {
                    Turn::On(turns) => OfNodes::Back { turns },
                    Turn::Enough(turns) => OfNodes::Done { turns },
                }
            }
            OfNodes::Back { turns } => match back.post(back.exec(back.prep(&turns).await?).await).await? {
                Turn::On(turns) => OfNodes::There { turns },
                Turn::Enough(turns) => OfNodes::Done { turns },
            },
            OfNodes::Done { turns } => return Ok(turns),
        };
    }
}

/// Where a loop stands, for whoever asks from outside of it: after a panic, at a deadline, in a task.
#[derive(Default)]
pub(crate) struct Noted {
    state: AtomicU32,
    transitions: AtomicU64,
}

/// The cycle with what no loop can do without that is to be asked where it stands, or to end at a limit.
pub(crate) async fn noted_cycle(turns: u64, noted: &Noted) -> CanoResult<u64> {
    let mut state = Cycle::There { turns };
    let limit = black_box(u64::MAX);
    loop {
        let (index, next) = match state {
            Cycle::There { turns } => match there(&turns).await? {
                Turn::On(turns) => (1, Cycle::Back { turns }),
                Turn::Enough(turns) => (2, Cycle::Done { turns }),
            },
            Cycle::Back { turns } => match back(&turns).await? {
                Turn::On(turns) => (0, Cycle::There { turns }),
                Turn::Enough(turns) => (2, Cycle::Done { turns }),
            },
            Cycle::Done { turns } => return Ok(turns),
        };
        noted.state.store(index, Relaxed);
        let transitions = noted.transitions.load(Relaxed) + 1;
        noted.transitions.store(transitions, Relaxed);
        if transitions == limit {
            return Err(CanoError::task_execution(format!("{transitions} transitions")));
        }
        state = next;
    }
}

pub(crate) async fn one(n: u64) -> CanoResult<u64> {
    let mut state = One::Only { n };
    loop {
        state = match state {
            One::Only { n } => One::Done { n: pass(&n).await? },
            One::Done { n } => return Ok(n),
        };
    }
}

macro_rules! hand {
    ($first:ident => $second:ident, [$($state:ident)*] [$($next:ident)*]) => {
        pub(crate) async fn run(n: u64) -> CanoResult<u64> {
            let mut state = Line::$first { n };
            loop {
                state = match state {
                    Line::$first { n } => Line::$second { n: pass(&n).await? },
                    $(Line::$state { n } => Line::$next { n: pass(&n).await? },)*
                    Line::Done { n } => return Ok(n),
                };
            }
        }
    };
}

pub(crate) mod line_of_10 {
    use super::{CanoResult, pass, ten::Line};
    line! { hand, 10 }
}

pub(crate) mod line_of_100 {
    use super::{CanoResult, hundred::Line, pass};
    line! { hand, 100 }
}
