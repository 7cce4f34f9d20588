//! An attempt behind a limit.

use crate::define::{
    cx::Cx,
    error::CanoError,
    limit::{Admission, Limit, Permit},
};

/// Asks the limit, unless what comes is the fallback after the last attempt: that is no attempt, and the limit may be
/// why it is needed.
#[doc(hidden)]
pub fn admit<'a>(limit: &'a dyn Limit, cx: &'a Cx) -> Admission<'a> {
    if cx.falls_back() { Admission::now(Ok(Permit::none())) } else { limit.admit(cx) }
}

/// A limit that somebody names: a `static`, for each use of a `const` would be a limit of its own.
#[doc(hidden)]
pub fn as_limit<L: Limit>(limit: &'static L) -> &'static dyn Limit {
    limit
}

/// An open circuit says where it was met. It was no attempt, so the engine does not count it as one.
#[doc(hidden)]
#[cold]
pub fn refused(error: CanoError, cx: &Cx) -> CanoError {
    match error {
        CanoError::CircuitOpen(open) if open.place().is_none() => {
            CanoError::CircuitOpen(open.at(cx.place(), cx.attempt() - 1))
        }
        other => other,
    }
}

/// An attempt, once `$limit` has admitted it; the limit is told how it ended.
///
/// `$attempt` awaits: what it waits for, a timeout included, is part of the attempt, the wait for the limit is not. The
/// attempt's future is dropped before the permit, so nothing of it runs when the next one is admitted. It is a macro
/// so that the future stays where it is made: a function that takes it keeps it twice.
#[doc(hidden)]
#[macro_export]
macro_rules! __limited {
    ($limit:expr, $cx:expr, $attempt:expr) => {{
        let _asked = $crate::__private::Cx::asked($cx);
        $crate::__private::Cx::join_line($cx);
        match $crate::__private::admit(&$limit, $cx).await {
            $crate::__private::Ok(permit) => {
                $crate::__private::Cx::leave_line($cx);
                let ended = $attempt;
                match &ended {
                    $crate::__private::Ok(_) => permit.succeeded(),
                    $crate::__private::Err(error) => permit.failed(error),
                }
                ended
            }
            $crate::__private::Err(error) => {
                $crate::__private::Cx::leave_line($cx);
                $crate::__private::Err($crate::__private::refused(error, $cx))
            }
        }
    }};
}
