use std::future::Future;

use super::Limit;
use crate::define::{
    cx::Cx,
    error::{CanoError, IntoTaskError},
};

/// Makes one call within a limit: for a task of which only a part is to be limited.
///
/// # Errors
///
/// The limit's refusal, or the call's own error.
///
/// # Cancel safety
///
/// Dropping the future ends the wait or the call, and gives the permit back.
///
/// ```
/// use cano::{limit::{ConcurrencyLimit, within}, prelude::*};
///
/// static BANK: ConcurrencyLimit = ConcurrencyLimit::new(4);
///
/// # async fn ask_bank(_: u64) -> Result<u64, std::io::Error> { Ok(7) }
/// #[task]
/// async fn charge(cents: u64, cx: &Cx) -> CanoResult<u64> {
///     let request = cents + 30; // not limited
///     within(&BANK, cx, || ask_bank(request)).await // at most four at a time
/// }
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() { assert_eq!(charge(1, &Cx::detached()).await.unwrap(), 7); }
/// ```
pub async fn within<T, E, F, Fut>(limit: &dyn Limit, cx: &Cx, call: F) -> Result<T, CanoError>
where
    E: Into<crate::BoxError>,
    F: FnOnce() -> Fut,
    Fut: Future<Output = Result<T, E>>,
{
    let permit = limit.acquire(cx).await?;
    match call().await {
        Ok(value) => {
            permit.succeeded();
            Ok(value)
        }
        Err(error) => {
            let error = error.into_task_error();
            permit.failed(&error);
            Err(error)
        }
    }
}
