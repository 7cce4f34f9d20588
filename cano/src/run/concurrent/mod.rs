//! Many runs of one workflow at once.

mod batch;
mod inputs;
mod progress;
mod result;
mod runs;
mod strategy;
mod stream;
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
