//! The seam between `#[task]` and `workflow!`: what the macros' code names, and nobody else.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use pin_project_lite::pin_project;

use crate::define::{
    cx::Cx,
    error::{CanoError, IntoTaskError},
    retry::TaskConfig,
};

/// A task as a table calls it: with fields of a state, lent, and a store found in the table's.
///
/// It is implemented for every store, so that a wrong store is a mistake of the row that finds it
/// ([`Provides`](crate::Provides)), not of the task.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a task",
    label = "not a task",
    note = "put `#[task]` on the function or the impl, `#[node]` on a node's impl, or name a workflow"
)]
pub trait Step<St: ?Sized> {
    /// The store that the task asks for.
    type Store: ?Sized;
    /// What the row lends: a tuple of references.
    type Input<'a>: Copy
    where
        Self: 'a;
    /// What it yields.
    type Outcome: Send;

    /// Whether it is a run that may have something to undo when it is ended.
    const UNDOES: bool = false;
    /// How long an attempt may take, where the task says so beside its policy.
    const TIMEOUT: Option<Duration> = None;

    /// How often a failed attempt is repeated, where the row does not say.
    fn config(&self) -> TaskConfig;

    /// How long an attempt may take, where the row names its policy by a path: what the task says, else the row's
    /// policy, else the task's.
    #[cold]
    fn timeout(&self, row: &TaskConfig) -> Option<Duration> {
        Self::TIMEOUT.or(row.attempt_timeout()).or_else(|| self.config().attempt_timeout())
    }

    /// One attempt.
    fn call<'a>(
        &'a self,
        input: Self::Input<'a>,
        store: &Self::Store,
        cx: &Cx,
    ) -> impl Future<Output = Result<Self::Outcome, CanoError>> + Send;
}

/// The type of a task's instance, by the name in the row: the task itself, or the workflow of a table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a task",
    label = "not a task",
    note = "put `#[task]` or `#[node]` on its impl, or name a workflow"
)]
pub trait Slot {
    /// It.
    type Instance;
    /// What it yields, over whatever store, and even where a row cannot call it.
    type Outcome;
    /// There is none where this is not implemented.
    const IS_TASK: bool = true;
}

/// An instance that a table makes itself, because nobody gives it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `Default`, so the table cannot make it",
    label = "this workflow has to be given its `{Self}`",
    note = "give it to the table, by `with(..)` in place of `workflow()`, and begin with `orchestrate_from(..)`",
    note = "or derive `Default` for it, if a default one does the work"
)]
pub trait MadeByDefault: Sized {
    /// It.
    fn made() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> MadeByDefault for T {
    fn made() -> Self {
        T::default()
    }
}

/// What a task's function returns, so that an alias of `Result` will do.
#[diagnostic::on_unimplemented(
    message = "a task returns a `Result`, not `{Self}`",
    label = "expected `Result<_, _>`",
    note = "a task that cannot fail may return `Result<_, std::convert::Infallible>`"
)]
pub trait IsResult {
    /// The outcome.
    type Ok;
    /// The error.
    type Err;

    /// Itself.
    fn into_result(self) -> Result<Self::Ok, Self::Err>;
}

impl<T, E> IsResult for Result<T, E> {
    type Ok = T;
    type Err = E;

    fn into_result(self) -> Self {
        self
    }
}

/// What an attempt yields, from what its function returned.
#[inline]
pub fn finish<R: IsResult>(result: R) -> Result<R::Ok, CanoError>
where
    R::Err: IntoTaskError,
{
    match result.into_result() {
        Ok(outcome) => Ok(outcome),
        Err(error) => Err(error.into_task_error()),
    }
}

pin_project! {
    /// An attempt: a task's function, and then its [`finish`].
    ///
    /// An `async` block round the function would have a state of its own, in memory.
    #[must_use]
    pub struct Finished<F, T> {
        #[pin]
        function: F,
        finish: T,
    }
}

/// What an attempt is, from what its function returned and how that is to be finished.
#[inline]
pub fn finished<F, T, O>(function: F, finish: T) -> impl Future<Output = O>
where
    F: Future,
    T: Fn(F::Output) -> O + Send,
{
    Finished { function, finish }
}

impl<F: Future, T: Fn(F::Output) -> O, O> Future for Finished<F, T> {
    type Output = O;

    #[inline]
    fn poll(self: Pin<&mut Self>, waker: &mut Context<'_>) -> Poll<O> {
        let finished = self.project();
        finished.function.poll(waker).map(finished.finish)
    }
}

/// The outcome of a task that a row with `>>` has.
#[diagnostic::on_unimplemented(
    message = "`>>` is for a task that yields `()`, and this one yields `{Self}`",
    label = "this outcome is not routed",
    note = "write `= match task {{ Outcome => State, .. }}`, or `task >> [StateA, StateB]` where the outcomes bear the states' names"
)]
pub trait OneWay {}

impl OneWay for () {}

/// Refuses an outcome that a row with `>>` would drop.
#[inline]
pub fn one_way<O: OneWay>(_outcome: O) {}

/// The same of an `each`, whose task is to have one way on.
#[inline]
pub fn one_way_each<O: OneWay>(_outcomes: Vec<O>) {}

/// The outcome of one of several tasks of which the first to succeed counts.
#[diagnostic::on_unimplemented(
    message = "the tasks of an `any` yield one type: the first `{First}`, and this one `{Self}`",
    label = "another outcome than the first task's",
    note = "let both return the same type, or give each a row of its own"
)]
pub trait OutcomeOf<First> {
    /// The same.
    fn of(self) -> First;
}

impl<O> OutcomeOf<O> for O {
    fn of(self) -> O {
        self
    }
}

/// What one step of a run came to.
#[derive(Debug)]
pub enum Next<S, E> {
    /// The run moves on to this state.
    State(S),
    /// The run ends.
    Exit(E),
    /// The attempt failed, in this state.
    Failed(S, CanoError),
}

/// What an undo yields.
#[diagnostic::on_unimplemented(
    message = "an undo yields `()`, and this one yields `{Self}`",
    label = "nothing would be done with this outcome",
    note = "an undo either succeeds, with `Ok(())`, or fails"
)]
pub trait Undone {}

impl Undone for () {}

/// Refuses an outcome of an undo, which would be dropped.
#[inline]
pub fn undone<O: Undone>(_outcome: O) {}

/// The items that an `each` goes over.
#[inline]
pub fn items<L: Items + ?Sized>(list: &L) -> &[L::Item] {
    list.items()
}

/// A field that an `each` goes over.
#[diagnostic::on_unimplemented(
    message = "`each` cannot go over a `{Self}`",
    label = "not a list of items",
    note = "`over` names a field that is a `Vec`, an array, or a slice in a `Box` or an `Arc`"
)]
pub trait Items {
    /// One of them.
    type Item;

    /// All of them.
    fn items(&self) -> &[Self::Item];
}

macro_rules! items {
    ($(<$item:ident $(, const $n:ident)?> $list:ty),+ $(,)?) => {$(
        impl<$item $(, const $n: usize)?> Items for $list {
            type Item = $item;

            fn items(&self) -> &[$item] {
                self
            }
        }
    )+};
}

items!(<T> Vec<T>, <T> Box<[T]>, <T> std::sync::Arc<[T]>, <T, const N> [T; N]);
