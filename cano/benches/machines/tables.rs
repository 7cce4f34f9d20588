//! As tables.

use cano::prelude::*;

use super::work::{
    BackInThree, ThereInThree, back, back_repeated, back_timed, pass, there, there_repeated, there_timed,
};

/// A cycle of two states over two tasks.
macro_rules! cycle {
    ($name:ident, $there:ident, $back:ident) => {
        workflow! {
            pub(crate) enum $name {
                #[start]
                There { turns: u64 } = match $there(turns) {
                    On(turns) => Back { turns },
                    Enough(turns) => Done { turns },
                },
                Back { turns: u64 } = match $back(turns) {
                    On(turns) => There { turns },
                    Enough(turns) => Done { turns },
                },
                #[exit] Done { turns: u64 },
            }
        }
    };
}

cycle! { Cycle, there, back }
cycle! { OfNodes, ThereInThree, BackInThree }
cycle! { Repeated, there_repeated, back_repeated }
cycle! { Timed, there_timed, back_timed }

workflow! {
    pub(crate) enum One {
        #[start] Only { n: u64 } = match pass(n) { n => Done { n } },
        #[exit] Done { n: u64 },
    }
}

macro_rules! table {
    ($first:ident => $second:ident, [$($state:ident)*] [$($next:ident)*]) => {
        workflow! {
            pub(crate) enum Line {
                #[start] $first { n: u64 } = match pass(n) { n => $second { n } },
                $($state { n: u64 } = match pass(n) { n => $next { n } },)*
                #[exit] Done { n: u64 },
            }
        }
    };
}

pub(crate) mod ten {
    use super::{pass, workflow};
    line! { table, 10 }
}

pub(crate) mod hundred {
    use super::{pass, workflow};
    line! { table, 100 }
}
