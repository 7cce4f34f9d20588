//! What a workflow is made of.

pub(crate) mod counted;

pub(crate) mod type_name;

pub(crate) mod store;

pub(crate) mod error;

pub(crate) mod retry;

pub(crate) mod table;

pub(crate) mod run_id;

pub(crate) mod names;

pub(crate) mod event;

pub(crate) mod spans;

pub(crate) mod options;

pub(crate) mod watch;

pub(crate) mod cx;

pub(crate) mod undo;

pub(crate) mod state;

pub(crate) mod attempts;

pub(crate) mod task;

pub(crate) mod node;

pub(crate) mod limit;

pub(crate) mod step;

pub(crate) mod lend;

pub(crate) mod gated;

pub(crate) mod workflow;
