//! How a run goes: one loop for tables and for the builder.

mod attempts;
mod checked;
mod drive;
mod machine;
mod orchestrate;
mod pace;
mod together;

pub use self::{
    attempts::attempts,
    checked::{CheckedWorkflow, Nested, StartWithoutFields, States},
    drive::Progress,
    machine::Machine,
    together::branch,
};
