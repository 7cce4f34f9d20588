//! Many runs of one workflow at once.

mod batch;
mod ends;
mod inputs;
mod progress;
mod result;
mod runs;
mod source;
mod strategy;
mod stream;
mod tasks;
mod workflow;

pub use self::{
    inputs::Inputs,
    progress::{RunCounts, RunProgress},
    result::{ConcurrentWorkflowStatus, WorkflowResult},
    runs::ConcurrentRuns,
    strategy::WaitStrategy,
    stream::RunStream,
    workflow::ConcurrentWorkflow,
};
