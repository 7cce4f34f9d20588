//! Limits on what tasks call: how many attempts at once, how many a second, and none while the called one is down.

use std::ptr::from_ref;

mod admission;
mod circuit;
mod combined;
mod concurrency;
mod permit;
mod queue;
#[cfg(feature = "rate-limit")]
mod rate;
mod within;

#[cfg(feature = "rate-limit")]
pub use self::rate::RateLimit;
pub use self::{
    admission::Admission,
    circuit::{CircuitBreaker, CircuitCounts, CircuitState, WaitForCircuit},
    concurrency::ConcurrencyLimit,
    permit::{End, Permit},
    within::within,
};
use crate::define::cx::Cx;

/// Admits or refuses the attempts of tasks. Implement it for a limit of your own.
///
/// The engine asks the limit before every attempt, and reports to the [`Permit`] how the attempt ended. The wait is not
/// part of the attempt: the attempt's timeout does not count it, and a run that is dropped stops waiting at once.
///
/// References, `Box`, `Arc` and `LazyLock` of a limit are limits, and so are tuples: a tuple admits an attempt when
/// each of its limits has, asked in the order written.
///
/// ```
/// use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
/// use cano::{CanoError, Cx, limit::{Admission, End, Limit, Permit}};
///
/// /// Refuses everything while the shop is closed, and counts what went wrong.
/// struct OpeningHours { open: AtomicBool, failed: AtomicU32 }
///
/// impl Limit for OpeningHours {
///     fn acquire<'a>(&'a self, _: &'a Cx) -> Admission<'a> {
///         Admission::now(match self.open.load(Relaxed) {
///             true => Ok(Permit::new(self, 0)),
///             false => Err(CanoError::permanent("the shop is closed")),
///         })
///     }
///
///     fn ended(&self, _: u64, end: End<'_>) {
///         if let End::Failed(_) = end {
///             self.failed.fetch_add(1, Relaxed);
///         }
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> cano::CanoResult<()> {
/// let shop = OpeningHours { open: AtomicBool::new(true), failed: AtomicU32::new(0) };
/// let cx = Cx::detached();
/// shop.acquire(&cx).await?.failed(&CanoError::task_execution("out of milk"));
/// assert_eq!(shop.failed.load(Relaxed), 1);
/// # Ok(())
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a limit",
    label = "not a limit",
    note = "name a static of type `ConcurrencyLimit`, `RateLimit` or `CircuitBreaker`, or implement `cano::limit::Limit`"
)]
pub trait Limit: Send + Sync {
    /// Admits an attempt, now or after a wait, or refuses it.
    ///
    /// # Errors
    ///
    /// The refusal. It becomes the error of the attempt: if it [is permanent](crate::CanoError::is_permanent), there is
    /// no retry; any other error uses one up.
    ///
    /// # Cancel safety
    ///
    /// Dropping the [`Admission`] at any point has to give back what it has taken. A [`Permit`] in it does so by
    /// itself.
    fn acquire<'a>(&'a self, cx: &'a Cx) -> Admission<'a>;

    /// What the engine calls: as [`acquire`](Self::acquire), unless something round the same attempt has asked this
    /// very limit, which would then wait for itself.
    #[doc(hidden)]
    fn admit<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
        // Those without a size may share their address.
        let is_asked = size_of_val(self) > 0 && cx.asks(from_ref(self).addr());
        if is_asked { Admission::now(Ok(Permit::none())) } else { self.acquire(cx) }
    }

    /// Called when an attempt has ended; `token` is the number that its [`Permit`] was made with.
    ///
    /// It is called once for each permit that was [made for](Permit::new) this limit.
    fn ended(&self, token: u64, end: End<'_>) {
        let _ = (token, end);
    }
}
