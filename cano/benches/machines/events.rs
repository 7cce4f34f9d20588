//! As `statig` has it: states that handle events. It is not async, and the loop is the caller's.

use std::hint::black_box;

use statig::blocking::{IntoStateMachine, IntoStateMachineExt, Outcome, State};

use super::{
    tables::{Cycle, hundred, ten},
    work::{Turn, less},
};

/// A machine over `$state`, from `$first`; `$next` is the state after one, `None` at the exit.
macro_rules! machine {
    ($name:ident, $state:ty, $first:expr, $next:expr) => {
        pub(crate) mod $name {
            use super::*;

            struct Machine;

            impl IntoStateMachine for Machine {
                type Event<'e> = ();
                type Context<'c> = bool;
                type State = $state;
                type Superstate<'s> = ();

                fn initial() -> $state {
                    $first
                }
            }

            impl State<Machine> for $state {
                fn call_handler(&mut self, _: &mut Machine, (): &(), is_done: &mut bool) -> Outcome<Self> {
                    let next: fn(&Self) -> Option<Self> = $next;
                    match next(self) {
                        Some(next) => Outcome::Transition(next),
                        None => {
                            *is_done = true;
                            Outcome::Handled
                        }
                    }
                }
            }

            /// From the first state to the exit.
            pub(crate) fn run() {
                let mut is_done = false;
                let mut machine = Machine.uninitialized_state_machine().init_with_context(&mut is_done);
                while !is_done {
                    machine.handle_with_context(&(), &mut is_done);
                }
                black_box(machine.state());
            }
        }
    };
}

/// How many turns a run of the cycle has.
pub(crate) const TURNS: u64 = 1_000;

machine! { cycle, Cycle, Cycle::There { turns: black_box(TURNS) }, |state| Some(match state {
    Cycle::There { turns } => match less(black_box(*turns)) {
        Turn::On(turns) => Cycle::Back { turns },
        Turn::Enough(turns) => Cycle::Done { turns },
    },
    Cycle::Back { turns } => match less(black_box(*turns)) {
        Turn::On(turns) => Cycle::There { turns },
        Turn::Enough(turns) => Cycle::Done { turns },
    },
    Cycle::Done { .. } => return None,
}) }

macro_rules! handled {
    ($first:ident => $second:ident, [$($state:ident)*] [$($next:ident)*]) => {
        machine! { line, Line, Line::$first { n: black_box(0) }, |state| Some(match state {
            Line::$first { n } => Line::$second { n: black_box(*n) + 1 },
            $(Line::$state { n } => Line::$next { n: black_box(*n) + 1 },)*
            Line::Done { .. } => return None,
        }) }
    };
}

pub(crate) mod line_of_10 {
    use super::{ten::Line, *};
    line! { handled, 10 }
}

pub(crate) mod line_of_100 {
    use super::{hundred::Line, *};
    line! { handled, 100 }
}
