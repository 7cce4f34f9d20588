use std::{any::Any, fmt, sync::Arc};

use super::{Name, Place};

/// A panic in a task, which ended its run.
#[derive(Clone, Debug)]
pub struct Panicked(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    place: Place,
    message: Name,
}

impl Panicked {
    pub(crate) fn new(place: Place, payload: Box<dyn Any + Send>) -> Self {
        let message = match payload.downcast::<&'static str>() {
            Ok(message) => Name::Borrowed(*message),
            Err(payload) => match payload.downcast::<String>() {
                Ok(message) => Name::Owned(*message),
                Err(unknown) => {
                    // Its drop is the panicking code's own, and may panic again.
                    std::mem::forget(unknown);
                    Name::Borrowed("a panic without a message")
                }
            },
        };
        Self(Arc::new(Inner { place, message }))
    }

    /// Where it happened.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.0.place
    }

    /// The panic's message.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} panicked: {}", self.0.place, self.0.message)
    }
}
