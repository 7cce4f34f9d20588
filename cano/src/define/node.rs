use std::time::Duration;

use async_trait::async_trait;

use crate::define::{
    attempts::Attempts,
    cx::Cx,
    error::{CanoError, Phase},
    retry::TaskConfig,
    spans::{in_phase, phases_are_traced},
    store::MemoryStore,
    task::Task,
};

/// A task in three parts: `prep` reads what the work needs, `exec` does it without the store, `post` stores the
/// result and yields the next state.
///
/// An attempt is all three, from the start. Every node is a [`Task`]. (The three parts are those of the PocketFlow
/// framework's nodes.)
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
    note = "write `impl Node<{S}, {Store}> for {Self}` with `#[async_trait]`, or put `#[node]` on `impl {Self} {{ prep, exec, post }}`"
)]
pub trait Node<S: Send + 'static, Store: ?Sized + Send + Sync + 'static = MemoryStore>: Send + Sync {
    /// What `prep` hands to `exec`.
    type PrepResult: Send;
    /// What `exec` hands to `post`.
    type ExecResult: Send;

    /// How often a failed attempt is repeated: by default 3 times, with exponential backoff.
    fn config(&self) -> TaskConfig {
        TaskConfig::default()
    }

    /// Reads what the work needs.
    ///
    /// # Errors
    ///
    /// The node's own; the attempt has failed.
    async fn prep(&self, store: &Store) -> Result<Self::PrepResult, CanoError>;

    /// Does the work.
    async fn exec(&self, prep: Self::PrepResult) -> Self::ExecResult;

    /// Stores the result and yields the next state.
    ///
    /// # Errors
    ///
    /// The node's own; the attempt has failed.
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
        Attempts::of(move || {
            phases(move || self.prep(store), move |prep| self.exec(prep), move |exec| self.post(store, exec))
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
        phases(|| self.prep(store), |prep| self.exec(prep), |exec| self.post(store, exec)).await
    }

    fn attempts<'a>(&'a self, store: &'a Store, cx: &'a Cx) -> Attempts<'a, S> {
        Node::attempts(self, store, cx)
    }
}

/// One attempt of a node, whichever way it was written.
///
/// The phases come as closures, not as futures: a future that is passed by value is kept twice.
#[doc(hidden)]
pub async fn phases<P, X, S, FP, FX, FS>(
    prep: impl FnOnce() -> FP,
    exec: impl FnOnce(P) -> FX,
    post: impl FnOnce(X) -> FS,
) -> Result<S, CanoError>
where
    FP: Future<Output = Result<P, CanoError>>,
    FX: Future<Output = X>,
    FS: Future<Output = Result<S, CanoError>>,
{
    let are_traced = phases_are_traced();
    let prepared = match in_phase!(are_traced, "prep", prep()) {
        Ok(prepared) => prepared,
        Err(error) => return Err(error.in_phase(Phase::Prep)),
    };
    let executed = in_phase!(are_traced, "exec", exec(prepared));
    in_phase!(are_traced, "post", post(executed)).map_err(|error| error.in_phase(Phase::Post))
}

/// One attempt of a node whose `exec` can fail: what is attempted again is `exec` alone, on the same preparation.
///
/// The engine repeats it as any other task; what `prep` yielded waits in `cx` for the next attempt. After the last
/// one the engine calls once more, with the error, where there is a fallback.
#[doc(hidden)]
pub async fn fallible_phases<P, X, S, FP, FX, FF, FS>(
    cx: &Cx,
    has_fallback: bool,
    prep: impl FnOnce() -> FP,
    exec: impl FnOnce(P) -> FX,
    fallback: impl FnOnce(P, CanoError) -> FF,
    post: impl FnOnce(X) -> FS,
) -> Result<S, CanoError>
where
    P: Send + 'static,
    FP: Future<Output = Result<P, CanoError>>,
    FX: Future<Output = (P, Result<X, CanoError>)>,
    FF: Future<Output = Result<X, CanoError>>,
    FS: Future<Output = Result<S, CanoError>>,
{
    let are_traced = phases_are_traced();
    let (prepared, last_error) = match cx.unstash::<P>() {
        Some((prepared, last_error)) => (prepared, last_error),
        None => match in_phase!(are_traced, "prep", prep()) {
            Ok(prepared) => (prepared, None),
            Err(error) => {
                cx.settle();
                return Err(error.in_phase(Phase::Prep));
            }
        },
    };
    let executed = match last_error {
        Some(error) => match in_phase!(are_traced, "exec_fallback", fallback(prepared, error)) {
            Ok(executed) => executed,
            Err(error) => {
                cx.settle();
                return Err(error.in_phase(Phase::Exec));
            }
        },
        None => match in_phase!(are_traced, "exec", exec(prepared)) {
            (_, Ok(executed)) => executed,
            (prepared, Err(error)) => {
                cx.stash(prepared, has_fallback);
                return Err(error.in_phase(Phase::Exec));
            }
        },
    };
    in_phase!(are_traced, "post", post(executed)).map_err(|error| {
        cx.settle();
        error.in_phase(Phase::Post)
    })
}
