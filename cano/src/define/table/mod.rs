//! A workflow's table as data.

mod picture;

/// The table of a workflow as data: its states, in the order of their rows, with their transitions.
///
/// `workflow!` makes it the constant `TABLE` of the enum.
///
/// It can be drawn: [`to_mermaid`](Self::to_mermaid) for a page that renders Mermaid, [`to_dot`](Self::to_dot) for
/// Graphviz, and `to_svg`, with the feature `svg`, for a finished picture. In each, the start state and the exits have
/// shapes of their own, an arrow is labelled with its outcome, and the arrow of a `#[catch]` is dashed. The text
/// depends only on the table, so two calls return the same.
///
/// ```
/// use cano::prelude::*;
///
/// #[task]
/// async fn is_paid(order: u64) -> CanoResult<bool> { Ok(order > 7) }
///
/// workflow! {
///     enum Order {
///         #[start] Check { order: u64 } = match is_paid(order) { true => Shipped, false => Open },
///         #[exit] Shipped,
///         #[exit] Open,
///     }
/// }
///
/// let names: Vec<_> = Order::TABLE.states().iter().map(|state| state.name()).collect();
/// assert_eq!(names, ["Check", "Shipped", "Open"]);
/// assert!(Order::TABLE.to_dot().starts_with("digraph"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    name: &'static str,
    docs: &'static str,
    states: &'static [TableState],
    schedule: Option<TableSchedule>,
}

/// When a workflow is to run: the `#[schedule(..)]` of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableSchedule {
    expression: &'static str,
    zone: Option<&'static str>,
}

/// One state of a [`Table`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableState {
    name: &'static str,
    docs: &'static str,
    kind: StateKind,
    fields: &'static [&'static str],
    tasks: &'static [&'static str],
    transitions: &'static [Transition],
    undo: Option<&'static str>,
}

/// Whether a run begins or ends in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StateKind {
    /// A run begins here.
    Start,
    /// A run neither begins nor ends here.
    Inner,
    /// A run ends here.
    Exit,
}

/// A transition from one state to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    on: &'static str,
    to: &'static str,
    kind: TransitionKind,
}

/// What makes a run take a transition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransitionKind {
    /// The outcome of the task.
    Outcome,
    /// The error of the task's last attempt, by a `#[catch]`.
    Catch,
}

impl Table {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, docs: &'static str, states: &'static [TableState]) -> Self {
        Self { name, docs, states, schedule: None }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_schedule(mut self, schedule: TableSchedule) -> Self {
        self.schedule = Some(schedule);
        self
    }

    /// The workflow's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The workflow's doc comment.
    #[must_use]
    pub const fn docs(&self) -> &'static str {
        self.docs
    }

    /// The states, in the order of their rows.
    #[must_use]
    pub const fn states(&self) -> &'static [TableState] {
        self.states
    }

    /// The state with this name, if there is one.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<&'static TableState> {
        self.states.iter().find(|state| state.name == name)
    }

    /// The start state. Every table that compiles has one.
    #[must_use]
    pub fn start(&self) -> Option<&'static TableState> {
        self.states.iter().find(|state| state.kind == StateKind::Start)
    }

    /// The exit states.
    pub fn exits(&self) -> impl Iterator<Item = &'static TableState> + use<> {
        self.states.iter().filter(|state| state.kind == StateKind::Exit)
    }

    /// The table's `#[schedule(..)]`, if it has one. With the feature `scheduler`, `Scheduler::scheduled` runs it.
    #[must_use]
    pub const fn schedule(&self) -> Option<TableSchedule> {
        self.schedule
    }

    pub(crate) fn state_at(&self, index: u32) -> Option<&'static TableState> {
        self.states.get(index as usize)
    }
}

impl TableSchedule {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(expression: &'static str) -> Self {
        Self { expression, zone: None }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_zone(mut self, zone: &'static str) -> Self {
        self.zone = Some(zone);
        self
    }

    /// The cron expression. With 5 fields it is a crontab's; 6 or 7 fields begin with the seconds.
    #[must_use]
    pub const fn expression(&self) -> &'static str {
        self.expression
    }

    /// The time zone's name; `None` for UTC.
    #[must_use]
    pub const fn zone(&self) -> Option<&'static str> {
        self.zone
    }
}

impl TableState {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        docs: &'static str,
        kind: StateKind,
        fields: &'static [&'static str],
        tasks: &'static [&'static str],
        transitions: &'static [Transition],
    ) -> Self {
        Self { name, docs, kind, fields, tasks, transitions, undo: None }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn with_undo(mut self, undo: &'static str) -> Self {
        self.undo = Some(undo);
        self
    }

    /// The state's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The state's doc comment.
    #[must_use]
    pub const fn docs(&self) -> &'static str {
        self.docs
    }

    /// Whether a run begins or ends here.
    #[must_use]
    pub const fn kind(&self) -> StateKind {
        self.kind
    }

    /// The names of its fields.
    #[must_use]
    pub const fn fields(&self) -> &'static [&'static str] {
        self.fields
    }

    /// The names of its tasks: none for an exit, several if they run concurrently.
    #[must_use]
    pub const fn tasks(&self) -> &'static [&'static str] {
        self.tasks
    }

    /// The name of the task that undoes what this state did, if the row has an `#[undo]`.
    #[must_use]
    pub const fn undo(&self) -> Option<&'static str> {
        self.undo
    }

    /// The transitions to other states, in the order of the row's arms; those of `#[catch]` come last.
    #[must_use]
    pub const fn transitions(&self) -> &'static [Transition] {
        self.transitions
    }
}

impl Transition {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(on: &'static str, to: &'static str, kind: TransitionKind) -> Self {
        Self { on, to, kind }
    }

    /// The pattern of the outcome or the error, as in the table; empty for a row with `>> Next`.
    #[must_use]
    pub const fn on(&self) -> &'static str {
        self.on
    }

    /// The name of the state that it enters.
    #[must_use]
    pub const fn to(&self) -> &'static str {
        self.to
    }

    /// Whether an outcome or an error takes it.
    #[must_use]
    pub const fn kind(&self) -> TransitionKind {
        self.kind
    }
}
