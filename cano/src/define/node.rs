use std::{ops::Deref, time::Duration};

use async_trait::async_trait;

use crate::define::{
    attempts::Attempts,
    cx::Cx,
    error::{CanoError, Phase},
    retry::TaskConfig,
    store::MemoryStore,
    task::Task,
};

/// A task in three parts: `prep` reads what the work needs, `exec` does the work without the store, `post` stores the
/// result and returns the next state.
///
/// Each attempt calls all three, beginning with `prep`. Every node is a [`Task`]. (The three parts are those of the
/// nodes of the PocketFlow framework.)
///
/// ```
/// use cano::prelude::*;
///
/// struct Square;
///
/// #[async_trait]
/// impl Node<String> for Square {
///     type PrepResult = u64;
///     type ExecResult = u64;
///
///     async fn prep(&self, store: &MemoryStore) -> Result<u64, CanoError> {
///         Ok(store.get("n")?)
///     }
///     async fn exec(&self, n: u64) -> u64 {
///         n * n
///     }
///     async fn post(&self, store: &MemoryStore, square: u64) -> Result<String, CanoError> {
///         store.put("square", square)?;
///         Ok("done".to_string())
///     }
/// }
/// ```
#[async_trait]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a node that yields `{S}` over the store `{Store}`",
    label = "not such a node",
    note = "write `impl Node<{S}, {Store}> for {Self}` with `#[async_trait]`, or put `#[node]` on `impl {Self} {{ prep, exec, post }}`",
    note = "a workflow begins by `orchestrate(&store)`, `orchestrate_from(state, &store)`, or `run(..)` of its table"
)]
pub trait Node<S: Send + 'static, Store: ?Sized + Send + Sync + 'static = MemoryStore>: Send + Sync {
    /// What `prep` returns and `exec` takes.
    type PrepResult: Send;
    /// What `exec` returns and `post` takes.
    type ExecResult: Send;

    /// How often a failed attempt is repeated: by default 3 times, with exponential backoff.
    fn config(&self) -> TaskConfig {
        TaskConfig::default()
    }

    /// Reads what the work needs.
    ///
    /// # Errors
    ///
    /// The node's own error; the attempt has failed.
    async fn prep(&self, store: &Store) -> Result<Self::PrepResult, CanoError>;

    /// Does the work.
    async fn exec(&self, prep: Self::PrepResult) -> Self::ExecResult;

    /// Stores the result and returns the next state.
    ///
    /// # Errors
    ///
    /// The node's own error; the attempt has failed.
    async fn post(&self, store: &Store, exec: Self::ExecResult) -> Result<S, CanoError>;

    /// The timeout of an attempt, where the task does not see to it itself.
    #[doc(hidden)]
    fn timeout(&self) -> Option<Duration> {
        self.config().attempt_timeout()
    }

    /// Attempts that are told where they stand; what the engine calls.
    #[doc(hidden)]
    fn attempts<'a>(&'a self, store: &'a Store, cx: &'a Cx) -> Attempts<'a, S> {
        let _ = cx;
        Attempts::of(move || async move {
            crate::__phases! {
                cx;
                self.prep(store), result => result;
                prepared, self.exec(prepared);
                executed, self.post(store, executed), result => result
            }
        })
    }
}

#[async_trait]
impl<S, Store, N> Task<S, Store> for N
where
    S: Send + 'static,
    Store: ?Sized + Send + Sync + 'static,
    N: Node<S, Store>,
{
    fn config(&self) -> TaskConfig {
        Node::config(self)
    }

    fn timeout(&self) -> Option<Duration> {
        Node::timeout(self)
    }

    async fn run(&self, store: &Store) -> Result<S, CanoError> {
        Node::attempts(self, store, &Cx::detached()).await
    }

    fn attempts<'a>(&'a self, store: &'a Store, cx: &'a Cx) -> Attempts<'a, S> {
        Node::attempts(self, store, cx)
    }
}

/// One attempt of a node, whichever way it was written: awaits each part; `returned => result` says what the result is
/// of what the first and the last return.
///
/// It is a macro so that the parts stand in the future of the attempt, not each in one of its own.
#[doc(hidden)]
#[macro_export]
macro_rules! __phases {
    (
        $cx:expr;
        $prep:expr, $prep_returned:ident => $prep_result:expr;
        $prepared:ident, $exec:expr;
        $executed:ident, $post:expr, $post_returned:ident => $post_result:expr
    ) => {{
        $crate::__enter_phase!($cx, "prep");
        // Taken apart before the next part is awaited: else the future would keep it.
        let $prepared = match {
            let $prep_returned = $prep.await;
            $prep_result
        } {
            $crate::__private::Ok(prepared) => prepared,
            $crate::__private::Err(error) => {
                return $crate::__private::Err($crate::__private::in_prep(error));
            }
        };
        $crate::__enter_phase!($cx, "exec");
        let $executed = $exec.await;
        $crate::__enter_phase!($cx, "post");
        let $post_returned = $post.await;
        $post_result.map_err($crate::__private::in_post)
    }};
}

#[doc(hidden)]
#[cold]
pub fn in_prep(error: CanoError) -> CanoError {
    error.in_phase(Phase::Prep)
}

#[doc(hidden)]
#[cold]
pub fn in_post(error: CanoError) -> CanoError {
    error.in_phase(Phase::Post)
}

/// What `prep` yielded, lent to one attempt of `exec`: if that fails, or is dropped by its timeout, the next has it.
#[doc(hidden)]
pub struct Prepared<'a, P> {
    /// `None` once it is of no more use.
    prepared: Option<P>,
    has_fallback: bool,
    cx: &'a Cx,
    /// [`Cx::stash`]: named here, what it asks of `P` is asked once, and not wherever this type is used.
    stash: fn(&Cx, P, bool),
}

impl<P> Deref for Prepared<'_, P> {
    type Target = P;

    fn deref(&self) -> &P {
        self.prepared.as_ref().expect("it is lent before it is of no more use")
    }
}

impl<P> Drop for Prepared<'_, P> {
    fn drop(&mut self) {
        if let Some(prepared) = self.prepared.take() {
            (self.stash)(self.cx, prepared, self.has_fallback);
        }
    }
}

/// One attempt of a node whose `exec` can fail: what is attempted again is `exec` alone, on the same preparation.
///
/// The engine repeats it as any other task; what `prep` yielded waits in `cx` for the next attempt. After the last one
/// the engine calls once more, with the error, where there is a fallback. A timeout is a failure of the phase that it
/// ends.
#[doc(hidden)]
pub async fn fallible_phases<'a, P, X, S, FP, FX, FF, FS>(
    cx: &'a Cx,
    has_fallback: bool,
    prep: impl FnOnce() -> FP,
    exec: impl FnOnce(Prepared<'a, P>) -> FX,
    fallback: impl FnOnce(P, CanoError) -> FF,
    post: impl FnOnce(X) -> FS,
) -> Result<S, CanoError>
where
    P: Send + 'static,
    FP: Future<Output = Result<P, CanoError>>,
    FX: Future<Output = (Prepared<'a, P>, Result<X, CanoError>)>,
    FF: Future<Output = Result<X, CanoError>>,
    FS: Future<Output = Result<S, CanoError>>,
{
    // What ends the attempt now is the last, unless it ends `exec`.
    cx.settle();
    let (prepared, last_error) = match cx.unstash::<P>() {
        Some((prepared, last_error)) => (prepared, last_error),
        None => {
            crate::__enter_phase!(cx, "prep");
            match prep().await {
                Ok(prepared) => (prepared, None),
                Err(error) => return Err(in_prep(error)),
            }
        }
    };
    let executed = match last_error {
        Some(error) => {
            crate::__enter_phase!(cx, "exec_fallback");
            fallback(prepared, error).await
        }
        None => {
            cx.take_settled();
            let lent = Prepared { prepared: Some(prepared), has_fallback, cx, stash: Cx::stash };
            crate::__enter_phase!(cx, "exec");
            let (mut lent, executed) = exec(lent).await;
            if executed.is_ok() {
                cx.settle();
                lent.prepared = None;
            }
            executed
        }
    };
    let executed = match executed {
        Ok(executed) => executed,
        Err(error) => return Err(error.in_phase(Phase::Exec)),
    };
    crate::__enter_phase!(cx, "post");
    let end = post(executed).await.map_err(in_post);
    if end.is_ok() {
        cx.take_settled();
    }
    end
}
