//! From other errors to [`CanoError`].

use super::{BoxError, CanoError};
use crate::define::store::StoreError;

/// What a `#[task]` may return as its error: anything that converts into [`BoxError`], a [`CanoError`] included,
/// which is never wrapped a second time.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the error of a task",
    label = "this task's error is `{Self}`",
    note = "a task's error implements `std::error::Error` and is `Send + Sync + 'static`; or it is a `BoxError`, a `CanoError` or a `String`",
    note = "`BoxError` is `Box<dyn Error + Send + Sync>`, which a plain `Box<dyn Error>` is not"
)]
pub trait IntoTaskError {
    /// The error as the engine carries it.
    fn into_task_error(self) -> CanoError;
}

#[diagnostic::do_not_recommend]
impl<E: Into<BoxError>> IntoTaskError for E {
    fn into_task_error(self) -> CanoError {
        CanoError::raise(self.into())
    }
}

impl From<BoxError> for CanoError {
    fn from(error: BoxError) -> Self {
        Self::raise(error)
    }
}

impl From<StoreError> for CanoError {
    /// A value of another type than asked for is permanent: no attempt finds it changed.
    fn from(error: StoreError) -> Self {
        Self::raise(Box::new(error))
    }
}

macro_rules! from_std {
    ($($error:ty),+ $(,)?) => {$(
        impl From<$error> for CanoError {
            fn from(error: $error) -> Self {
                Self::raise(error.into())
            }
        }
    )+};
}

from_std!(
    String,
    &'static str,
    std::array::TryFromSliceError,
    std::char::ParseCharError,
    std::env::VarError,
    std::fmt::Error,
    std::io::Error,
    std::net::AddrParseError,
    std::num::ParseFloatError,
    std::num::ParseIntError,
    std::num::TryFromIntError,
    std::str::ParseBoolError,
    std::str::Utf8Error,
    std::string::FromUtf8Error,
    std::sync::mpsc::RecvError,
    std::time::SystemTimeError,
    tokio::task::JoinError,
    tokio::time::error::Elapsed,
);
