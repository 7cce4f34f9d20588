//! What was written, as a table; every token is the user's.

mod attrs;
mod row;
mod table;
mod text;

pub(crate) use self::{
    attrs::{Catch, CatchPattern},
    row::{Call, Instance, Row, Ways, is_constant_case},
    table::{State, Workflow, exit_with_task, unraw},
    text::text,
};
