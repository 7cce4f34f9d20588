//! What was written, as a table; every token is the user's.

mod name;
mod text;

mod plain;

mod target;

mod attrs;
mod call;
mod several;

mod row;

mod state;
mod table;

pub(crate) use self::{
    attrs::{Catch, CatchPattern, sets_lints},
    call::{Call, Instance, several_at_once, stands_alone},
    name::{is_constant_case, unraw},
    row::{Row, Ways},
    several::{Each, Limit, Several},
    state::{State, exit_with_task},
    table::Workflow,
    target::Target,
    text::text,
};
