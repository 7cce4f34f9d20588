//! Tasks as the builder registers them.

use std::{
    any::type_name,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use crate::define::{
    attempts::{Attempts, Kept},
    cx::Cx,
    error::CanoError,
    retry::TaskConfig,
    task::{AnyStoreTask, Task},
};

/// What [`Workflow::register`](crate::Workflow::register) takes: a [`Task`], a [`Node`](crate::Node), or a `#[task]`
/// function `f` as `f {}`. `M` is inferred; it only selects the impl.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be registered: it is not a task that yields `{S}` over the store `{Store}`",
    label = "not such a task",
    note = "a `#[task]` function `f` is registered as `f {{}}`; it has no inputs but `cx` and a store, which is `&{Store}`, and its return type is written `Result<{S}, _>` or `CanoResult<{S}>`"
)]
pub trait IntoTask<S, Store: ?Sized, M> {
    /// The task, and its type's name.
    #[doc(hidden)]
    fn into_task(self) -> (Arc<dyn Registered<S, Store>>, &'static str);
}

/// A task as it is registered: what the engine asks of it.
#[doc(hidden)]
pub trait Registered<S, Store: ?Sized>: Send + Sync {
    fn config(&self) -> TaskConfig;
    /// The timeout of an attempt, where the task does not see to it itself.
    fn timeout(&self) -> Option<Duration>;
    fn attempts<'a>(&'a self, store: &'a Store, cx: &'a Cx) -> Attempts<'a, S>;

    /// Polls a first attempt, and keeps it where that is of use. Here it is known which task it is, so that it is
    /// polled and dropped without a look into its vtable.
    fn begin<'a>(
        &'a self,
        store: &'a Store,
        cx: &'a Cx,
        kept: &mut Kept<'a, S>,
        waker: &mut Context<'_>,
    ) -> Poll<Result<S, CanoError>> {
        kept.begin(self.attempts(store, cx), cx, waker)
    }
}

/// A [`Task`].
#[derive(Debug)]
pub struct OneStore<T>(T);

/// An [`AnyStoreTask`].
#[derive(Debug)]
pub struct AnyStore<T>(T);

impl<S, Store, T> IntoTask<S, Store, OneStore<T>> for T
where
    S: Send + 'static,
    Store: ?Sized + Send + Sync + 'static,
    T: Task<S, Store> + 'static,
{
    fn into_task(self) -> (Arc<dyn Registered<S, Store>>, &'static str) {
        (Arc::new(OneStore(self)), type_name::<T>())
    }
}

impl<S, Store, T> Registered<S, Store> for OneStore<T>
where
    S: Send + 'static,
    Store: ?Sized + Send + Sync + 'static,
    T: Task<S, Store>,
{
    fn config(&self) -> TaskConfig {
        self.0.config()
    }

    fn timeout(&self) -> Option<Duration> {
        self.0.timeout()
    }

    fn attempts<'a>(&'a self, store: &'a Store, cx: &'a Cx) -> Attempts<'a, S> {
        self.0.attempts(store, cx)
    }
}

impl<S, Store, T> IntoTask<S, Store, AnyStore<T>> for T
where
    Store: ?Sized,
    T: AnyStoreTask<Outcome = S> + Send + Sync + 'static,
{
    fn into_task(self) -> (Arc<dyn Registered<S, Store>>, &'static str) {
        (Arc::new(AnyStore(self)), type_name::<T>())
    }
}

impl<S, Store, T> Registered<S, Store> for AnyStore<T>
where
    Store: ?Sized,
    T: AnyStoreTask<Outcome = S> + Send + Sync,
{
    fn config(&self) -> TaskConfig {
        self.0.config()
    }

    fn timeout(&self) -> Option<Duration> {
        None
    }

    fn attempts<'a>(&'a self, _: &'a Store, cx: &'a Cx) -> Attempts<'a, S> {
        self.0.attempts(cx)
    }
}
