//! How a run goes: one loop for tables and for the builder.

mod apart;
mod attempts;
mod bounds;
mod checked;
mod concurrent;
mod contained;
mod drive;
mod driven;
mod each;
mod groups;
mod limited;
mod machine;
mod orchestrate;
mod pace;
mod progress;
mod recent;
mod timed;
mod together;
mod undo;

pub use self::{
    apart::Drops,
    attempts::attempts,
    checked::{BeginsAlone, CheckedWorkflow, Nested, Scheduled, StartWithoutFields, States, enter},
    concurrent::{
        ConcurrentRuns, ConcurrentWorkflow, ConcurrentWorkflowStatus, Inputs, RunCounts, RunProgress,
        RunStream, WaitStrategy, WorkflowResult,
    },
    contained::poll_contained,
    each::{AllItems, Gather, Partial, each},
    groups::{Between, poll_apart},
    limited::{admit, as_limit, refused},
    machine::Machine,
    pace::{Due, yield_with},
    progress::Progress,
    timed::timed,
    together::{Part, any_failed, branch, rival},
};

#[cfg(any(feature = "scheduler", feature = "testing"))]
pub(crate) use self::{bounds::Bounds, drive::run};
