//! Async workflows as tables that the compiler checks.
//!
//! A workflow is a table of states: each state runs one task, the task's outcome selects the next state, an exit ends
//! the run. [`workflow!`](macro@workflow) writes the table as Rust code that is checked when the program is built;
//! [`Workflow`] puts one together at run time. One engine runs both.
//!
//! ```
//! use cano::prelude::*;
//!
//! enum Verdict { Valid(u32), Empty }
//!
//! #[task]
//! async fn parse(line: &str) -> Result<Verdict, std::num::ParseIntError> {
//!     if line.is_empty() { Ok(Verdict::Empty) } else { line.parse().map(Verdict::Valid) }
//! }
//!
//! #[task(retry = fixed(3, "50ms"))]
//! async fn save(amount: u32, store: &MemoryStore) -> Result<(), StoreError> {
//!     store.append("amounts", amount)
//! }
//!
//! workflow! {
//!     enum Order {
//!         #[start]
//!         Parse { line: String } = match parse(line) {
//!             Valid(amount) => Save { amount },
//!             Empty => Rejected,
//!         },
//!         Save { amount: u32 } = save(amount) >> Saved { amount },
//!         #[exit] Saved { amount: u32 },
//!         #[exit] Rejected,
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> CanoResult<()> {
//! let store = MemoryStore::new();
//! match Order::run("42".to_string(), &store).await? {
//!     OrderExit::Saved { amount } => assert_eq!(amount, 42),
//!     OrderExit::Rejected => panic!("the line is not empty"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Where to read on
//!
//! - [`workflow!`](macro@workflow): states, rows, outcomes, retries, catches, timeouts, undos, several tasks at once;
//!   and [`CheckedWorkflow`], what it makes.
//! - [`#[task]`](macro@task) and [`#[node]`](macro@node), and the traits [`Task`] and [`Node`] to write by hand.
//! - [`Workflow`]: a workflow that is put together at run time.
//! - [`MemoryStore`], [`Key`], [`Provides`]: what the tasks of a run share.
//! - [`Cx`]: what a task may know of its attempt.
//! - [`TaskConfig`]: when a failed task is attempted again, and how long an attempt may take.
//! - [`RunOptions`]: what bounds one run: a token, a timeout, a deadline.
//! - [`limit`]: how many attempts there may be at once or a second, and circuit breakers.
//! - [`CanoError`]: what a run that fails says.
//! - [`ConcurrentRuns`]: many runs at once, to be awaited by a [`WaitStrategy`] or had as a stream.
//! - [`schedule`]: runs at their times, by a [`Scheduler`](schedule::Scheduler).
//! - [`Observer`], [`Event`]: what happens in a run, as it happens.
//! - [`testing`]: a recorder of what happened, the coverage of a table, faults of any task.
//! - [`Table`]: a workflow as data, and as a diagram for Mermaid, for Graphviz, or in SVG.
//! - [`errors`]: a page for each code at the end of a message, as `[W0106]`.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `macros` | yes | `workflow!`, `#[task]`, `#[node]` |
//! | `scheduler` | no | module `schedule`: runs at their times, by intervals and cron |
//! | `svg` | no | `Table::to_svg()` |
//! | `rate-limit` | no | `limit::RateLimit` |
//! | `tracing` | no | spans and a log of each run, `with_tracing_span` |
//! | `metrics` | no | `Metrics`, an observer for the `metrics` facade |
//! | `testing` | no | module `testing`: a recorder, the coverage of a table, faults of any task |
//! | `all` | no | every feature |
//!
//! # What runs where
//!
//! A run is a future of its caller's: it starts no task and no thread, and dropping it ends it where it stands. It
//! needs a [tokio](https://docs.rs/tokio) runtime with its timer where it waits: between attempts, against a timeout or
//! a deadline. [`ConcurrentRuns`] and a scheduler spawn a task for each run on that runtime, and end with their owner.

mod define;
mod run;
#[cfg(feature = "scheduler")]
pub mod schedule;

mod observe;

#[cfg(all(doc, feature = "macros"))]
pub mod errors;

#[cfg(feature = "metrics")]
pub use crate::observe::metrics::{Metric, MetricKind, Metrics};
#[cfg(feature = "testing")]
pub use crate::observe::testing;
pub use crate::{
    define::{
        cx::{Cx, RunId},
        error::{
            AttemptTimeout, BoxError, Cancelled, CanoError, CanoResult, CircuitOpen, DeadlineExceeded, Fault,
            InvalidWorkflow, NotUndone, Panicked, Phase, Place, TaskError, TransitionLimit, UndoTimeout,
            UnregisteredState,
        },
        event::{Attempt, Event, EventKind, Observer, RunEnding, ScheduleEvent, SkipReason},
        node::Node,
        options::RunOptions,
        retry::TaskConfig,
        state::State,
        store::{Key, KeyOf, MemoryStore, Provides, StoreError},
        table::{StateKind, Table, TableSchedule, TableState, Transition, TransitionKind},
        task::{BoxFuture, Task},
        workflow::{IntoTask, Workflow},
    },
    run::{
        AnyFailed, CheckedWorkflow, ConcurrentRuns, ConcurrentWorkflow, ConcurrentWorkflowStatus, Inputs,
        RunCounts, RunProgress, RunStream, WaitStrategy, WorkflowResult,
    },
};
/// What hand-written impls of [`Task`] and [`Node`] stand under: the macro of the crate `async-trait`.
pub use async_trait::async_trait;
#[cfg(feature = "macros")]
pub use cano_macros::{node, task, workflow};
pub use tokio_util::sync::CancellationToken;

pub mod limit {
    #![doc = include_str!("../docs/limits.md")]

    #[cfg(feature = "rate-limit")]
    pub use crate::define::limit::RateLimit;
    pub use crate::define::limit::{
        Admission, CircuitBreaker, CircuitCounts, CircuitState, ConcurrencyLimit, End, Limit, Permit,
        WaitForCircuit, within,
    };
}

/// What most programs use: `use cano::prelude::*;`.
pub mod prelude {
    #[cfg(feature = "scheduler")]
    #[doc(no_inline)]
    pub use crate::schedule::{FlowInfo, Schedule, Scheduler, Status};
    #[doc(no_inline)]
    pub use crate::{
        BoxError, CanoError, CanoResult, CheckedWorkflow, ConcurrentWorkflow, ConcurrentWorkflowStatus, Cx,
        Key, MemoryStore, Node, Provides, StoreError, Task, TaskConfig, WaitStrategy, Workflow,
        WorkflowResult, async_trait,
    };
    #[cfg(feature = "macros")]
    #[doc(no_inline)]
    pub use crate::{node, task, workflow};
    #[doc(no_inline)]
    pub use std::time::Duration;
}

/// What the macros' code names. It may change with any version.
#[doc(hidden)]
pub mod __private {
    pub use std::{
        boxed::Box,
        future::{Future, poll_fn},
        mem::{replace, take},
        num::NonZeroUsize,
        option::Option::{self, None, Some},
        pin::pin,
        result::Result::{self, Err, Ok},
        task::Poll,
        time::Duration,
        vec::Vec,
    };

    pub use async_trait::async_trait;

    #[cfg(feature = "tracing")]
    pub use crate::define::spans::enter_phase;
    pub use crate::{
        __any as any, __contained as contained, __drive as drive, __drive_in_groups as drive_in_groups,
        __limited as limited, __phases as phases, __together as together,
        define::{
            attempts::Attempts,
            cx::{Cx, Names, WorkflowNames},
            error::{CanoError, IntoTaskError},
            lend::{
                Lend0, Lend1, Lend2, Lend3, Lend4, Lend5, Lend6, Lend7, Lend8, Lend9, Lend10, Lend11, Lend12,
            },
            named::{Any, HasNames, If, Itself, OfAny, Outcome, has_names, is_shared},
            node::{Node, fallible_phases, in_post, in_prep},
            retry::{Policy, TaskConfig},
            step::{
                IsResult, Items, MadeByDefault, Next, OneWay, OutcomeOf, Slot, Step, Undone, finish,
                finished, items, one_way, one_way_each, undone,
            },
            store::{MemoryStore, Provides},
            table::{StateKind, Table, TableSchedule, TableState, Transition, TransitionKind},
            task::{AnyStoreTask, BoxFuture, Task},
            undo::{Done, DoneSteps, Undo},
        },
        run::{
            AllItems, BeginsAlone, Between, CheckedWorkflow, Drops, Due, Gather, Machine, Nested, Part,
            Partial, Progress, Scheduled, StartWithoutFields, States, admit, any_failed, as_limit, attempts,
            branch, each, enter, poll_apart, poll_contained, refused, rival, timed, yield_with,
        },
    };
}
