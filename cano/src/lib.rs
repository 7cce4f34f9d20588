//! Async workflows as tables that the compiler checks.
//!
//! A workflow is a table of states: each state runs one task, the task's outcome selects the next state, and a run ends
//! when it reaches an exit. [`workflow!`](macro@workflow) declares the table in Rust, and the compiler checks it;
//! [`Workflow`] builds one whose states are only known at run time. The same engine runs both.
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
//! #[tokio::main]
//! async fn main() -> CanoResult<()> {
//!     let store = MemoryStore::new();
//!     match Order::run("42".to_string(), &store).await? {
//!         OrderExit::Saved { amount } => assert_eq!(amount, 42),
//!         OrderExit::Rejected => panic!("the line is not empty"),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! A program needs `cano` and [tokio](https://docs.rs/tokio), the latter with its features `macros` and `rt` or
//! `rt-multi-thread`. The [`prelude`] has the names that most programs use.
//!
//! # Guide
//!
//! In the order in which most programs need the topics:
//!
//! 1. **Declare a workflow.** [`workflow!`](macro@workflow) explains states, rows, outcomes and exits, and what a row
//!    can ask for: retries, catches, timeouts, limits, undos, several tasks at once. It makes a [`CheckedWorkflow`],
//!    which has the methods that start runs. If the states are only known at run time, use the builder, [`Workflow`].
//! 2. **Write its tasks.** Put [`#[task]`](macro@task) on a function, or [`#[node]`](macro@node) on an impl in three
//!    parts; to write them by hand, implement [`Task`] or [`Node`]. A task learns about its run and its attempt from
//!    [`Cx`].
//! 3. **Share data.** The fields of a state move with the run. What all tasks of a run share is in its store: a
//!    [`MemoryStore`] (with typed [`Key`]s), or a type of yours. [`Provides`] finds a store within a larger one.
//! 4. **Handle failures.** [`TaskConfig`] says how often and after which delays a task is attempted again, and how long
//!    an attempt may take. [`CanoError`] is the error of a run: it says where the run failed, and keeps the task's
//!    error.
//! 5. **Set bounds.** [`RunOptions`] give one run a cancellation token, a timeout or a deadline. The module [`limit`]
//!    protects the services that tasks call: it bounds attempts at a time or per second, and has circuit breakers.
//! 6. **Run many at once.** [`ConcurrentRuns`] awaits them by a [`WaitStrategy`], or yields them as a stream.
//! 7. **Run on a schedule.** The module [`schedule`] has a [`Scheduler`](schedule::Scheduler) for intervals and cron.
//! 8. **Observe.** An [`Observer`] receives each [`Event`] of a run as it happens. Spans, log and metrics are made from
//!    the same events.
//! 9. **Test.** The module [`testing`] records events, measures the coverage of a table, and makes any task fail.
//! 10. **Show it.** [`Table`] is a workflow as data, and draws it as a diagram for Mermaid, for Graphviz, or in SVG.
//!
//! If the compiler refuses a table with a code such as `[W0106]`, the module [`errors`] has a page for the code.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! | --- | --- | --- |
//! | `macros` | yes | `workflow!`, `#[task]`, `#[node]` |
//! | `scheduler` | no | module `schedule`: runs at intervals, by cron expressions, or triggered by hand |
//! | `svg` | no | `Table::to_svg()` |
//! | `rate-limit` | no | `limit::RateLimit` |
//! | `tracing` | no | spans and a log of each run; `with_tracing_span` |
//! | `metrics` | no | `Metrics`, an observer for the `metrics` facade |
//! | `testing` | no | module `testing`: a recorder of events, the coverage of a table, injected faults |
//! | `all` | no | every feature |
//!
//! # What runs where
//!
//! A run is a future that its caller polls. It spawns no task and no thread, and dropping it ends the run where it
//! stands. It needs a tokio runtime with its timer only where it waits: for the delay between two attempts, a timeout
//! or a deadline. [`ConcurrentRuns`] and a scheduler spawn each run as a task on that runtime; dropping them ends the
//! runs.

// docs.rs builds with nightly, which can show the feature of each item.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod define;
mod run;
#[cfg(feature = "scheduler")]
pub mod schedule;

mod observe;

#[cfg(all(doc, feature = "macros"))]
pub mod errors;

pub mod table;

#[cfg(feature = "metrics")]
pub use crate::observe::metrics::{Metric, MetricKind, Metrics};
#[cfg(feature = "testing")]
pub use crate::observe::testing;
pub use crate::{
    define::{
        cx::Cx,
        error::{
            AnyFailed, AttemptTimeout, BoxError, Cancelled, CanoError, CanoResult, CircuitOpen,
            DeadlineExceeded, Fault, InvalidWorkflow, NotUndone, Panicked, Phase, Place, TaskError,
            TransitionLimit, UndoTimeout, UnregisteredState,
        },
        event::{Attempt, Event, EventKind, Observer, RunEnding, ScheduleEvent, SkipReason},
        node::Node,
        options::RunOptions,
        retry::TaskConfig,
        run_id::{ParseRunIdError, RunId},
        state::State,
        store::{Key, KeyOf, MemoryStore, Provides, StoreError},
        table::{StateKind, Table, TableSchedule, TableState, Transition, TransitionKind},
        task::{BoxFuture, Task},
        workflow::{IntoTask, Workflow},
    },
    run::{
        CheckedWorkflow, ConcurrentRuns, ConcurrentWorkflow, ConcurrentWorkflowStatus, Inputs, RunCounts,
        RunProgress, RunStream, WaitStrategy, WorkflowResult,
    },
};
/// The attribute that hand-written impls of [`Task`] and [`Node`] need, from the crate `async-trait`.
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

/// The names that most programs use: `use cano::prelude::*;`.
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
    pub use crate::define::cx::enter_phase;
    pub use crate::{
        __any as any, __contained as contained, __drive as drive, __drive_in_groups as drive_in_groups,
        __limited as limited, __phases as phases, __together as together,
        define::{
            attempts::Attempts,
            cx::Cx,
            error::CanoError,
            gated::{Any, OfAny, Outcome, unknown},
            lend::{
                Lend0, Lend1, Lend2, Lend3, Lend4, Lend5, Lend6, Lend7, Lend8, Lend9, Lend10, Lend11, Lend12,
            },
            names::{Names, WorkflowNames},
            node::{Node, in_post, in_prep},
            retry::TaskConfig,
            step::{Next, finished, items},
            store::{MemoryStore, Provides},
            table::{StateKind, Table, TableSchedule, TableState, Transition, TransitionKind},
            task::{AnyStoreTask, BoxFuture, Task},
            undo::{Done, DoneSteps, Undo},
        },
        run::{
            AllItems, Between, CheckedWorkflow, Drops, Due, Gather, Part, Partial, Progress, admit,
            any_failed, attempts, branch, each, enter, poll_apart, poll_contained, refused, rival, timed,
            yield_with,
        },
        table::*,
    };
}
