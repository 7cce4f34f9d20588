use std::{any::Any, fmt, sync::Arc, time::Duration};

use super::{Name, Place, Stop};

/// A task panicked, which ended its run.
#[derive(Clone, Debug)]
pub struct Panicked(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    stop: Stop,
    message: Name,
}

impl Panicked {
    pub(crate) fn new(stop: Stop, payload: Box<dyn Any + Send>) -> Self {
        Self(Arc::new(Inner { stop, message: panic_message(payload) }))
    }

    /// Where it happened.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.0.stop.place
    }

    /// The attempt in which it happened, counted from 1.
    #[must_use]
    pub fn attempt(&self) -> u32 {
        self.0.stop.attempt
    }

    /// How long the run had taken.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.stop.elapsed
    }

    /// The panic's message.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Panicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} panicked: {}", self.0.stop.place, self.0.message)
    }
}

/// What a panic says.
pub(crate) fn panic_message(payload: Box<dyn Any + Send>) -> Name {
    match payload.downcast::<&'static str>() {
        Ok(message) => Name::Borrowed(*message),
        Err(payload) => match payload.downcast::<String>() {
            Ok(message) => Name::Owned(*message),
            Err(unknown) => {
                // Its drop is the panicking code's own, and may panic again.
                std::mem::forget(unknown);
                Name::Borrowed("a panic without a message")
            }
        },
    }
}
