//! How a run goes: one loop for tables and for the builder.

mod attempts;
mod bounds;
mod checked;
mod contained;
mod drive;
mod machine;
mod orchestrate;
mod pace;
mod timed;
mod together;
mod undo;

pub use self::{
    attempts::attempts,
    checked::{CheckedWorkflow, Nested, StartWithoutFields, States},
    drive::Progress,
    machine::Machine,
    timed::Timer,
    together::branch,
};
