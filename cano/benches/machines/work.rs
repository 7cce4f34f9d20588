//! The tasks: as little work as there can be, which the compiler does not see through.

use std::hint::black_box;

use cano::prelude::*;

pub(crate) enum Turn {
    On(u64),
    Enough(u64),
}

/// A turn less, where there is one.
pub(crate) fn less(turns: u64) -> Turn {
    if turns > 0 { Turn::On(turns - 1) } else { Turn::Enough(turns) }
}

#[task]
pub(crate) async fn there(turns: &u64) -> CanoResult<Turn> {
    Ok(less(black_box(*turns)))
}

#[task]
pub(crate) async fn back(turns: &u64) -> CanoResult<Turn> {
    Ok(less(black_box(*turns)))
}

#[task(retry = exponential(5))]
pub(crate) async fn there_repeated(turns: &u64) -> CanoResult<Turn> {
    Ok(less(black_box(*turns)))
}

#[task(retry = exponential(5))]
pub(crate) async fn back_repeated(turns: &u64) -> CanoResult<Turn> {
    Ok(less(black_box(*turns)))
}

#[task(timeout = "10s")]
pub(crate) async fn there_timed(turns: &u64) -> CanoResult<Turn> {
    Ok(less(black_box(*turns)))
}

#[task(timeout = "10s")]
pub(crate) async fn back_timed(turns: &u64) -> CanoResult<Turn> {
    Ok(less(black_box(*turns)))
}

macro_rules! in_three {
    ($name:ident) => {
        #[derive(Default)]
        pub(crate) struct $name;

        #[node]
        impl $name {
            pub(crate) async fn prep(&self, turns: &u64) -> CanoResult<u64> {
                Ok(*turns)
            }

            pub(crate) async fn exec(&self, turns: u64) -> Turn {
                less(black_box(turns))
            }

            pub(crate) async fn post(&self, turn: Turn) -> CanoResult<Turn> {
                Ok(turn)
            }
        }
    };
}

in_three! { ThereInThree }
in_three! { BackInThree }

#[task]
pub(crate) async fn pass(n: &u64) -> CanoResult<u64> {
    Ok(black_box(*n) + 1)
}
