//! Async workflows as tables that the compiler checks.

mod define;
mod run;

pub use crate::{
    define::{
        cx::{Cx, RunId},
        error::{
            BoxError, CanoError, CanoResult, Fault, InvalidWorkflow, Panicked, Phase, Place, TaskError,
            TransitionLimit, UnregisteredState,
        },
        node::Node,
        retry::TaskConfig,
        state::State,
        store::*,
        table::{StateKind, Table, TableState, Transition, TransitionKind},
        task::{BoxFuture, Task},
        workflow::{IntoTask, Workflow},
    },
    run::CheckedWorkflow,
};
pub use async_trait::async_trait;
#[cfg(feature = "macros")]
pub use cano_macros::{node, task, workflow};

/// What most programs use: `use cano::prelude::*;`.
pub mod prelude {
    pub use crate::{
        BoxError, CanoError, CanoResult, CheckedWorkflow, Cx, Key, MemoryStore, Node, Provides, StoreError,
        Task, TaskConfig, Workflow, async_trait,
    };
    #[cfg(feature = "macros")]
    pub use crate::{node, task, workflow};
    pub use std::time::Duration;
}

/// What the macros' code names. It may change with any version.
#[doc(hidden)]
pub mod __private {
    pub use std::{
        boxed::Box,
        clone::Clone,
        default::Default,
        future::{Future, poll_fn},
        option::Option::{self, None, Some},
        pin::pin,
        result::Result::{self, Err, Ok},
        task::Poll,
        time::Duration,
    };

    pub use async_trait::async_trait;

    pub use crate::{
        __drive as drive, __together as together,
        define::{
            cx::{Cx, Names, WorkflowNames},
            error::{CanoError, IntoTaskError},
            node::{Node, fallible_phases, phases},
            retry::{Policy, TaskConfig},
            step::{IsResult, Next, OneWay, Slot, Step, finish, one_way},
            store::{MemoryStore, Provides},
            table::{StateKind, Table, TableState, Transition, TransitionKind},
            task::{AnyStoreTask, BoxFuture, Task},
        },
        run::{BareStart, CheckedWorkflow, Machine, Nested, Progress, States, attempts, branch},
    };
}
