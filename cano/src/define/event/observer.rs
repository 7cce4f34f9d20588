use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use super::Event;
use crate::define::error::{Name, panic_message};

/// Who is told what happens in a run.
///
/// It is called by the run itself, in the middle of it: so it should be quick and must not block; hand the work to a
/// channel where there is much. It cannot fail the run: one that panics is told no more of this run, and the others are
/// told so, as [`EventKind::ObserverPanicked`](crate::EventKind::ObserverPanicked).
///
/// A closure is an observer, and so is an `Arc` of one, which its owner can go on asking. Tasks at once, and runs at
/// once, may call it from several threads.
///
/// ```
/// use std::sync::{Arc, atomic::{AtomicU32, Ordering}};
/// use cano::{Event, EventKind, prelude::*};
///
/// #[task]
/// async fn greet() -> CanoResult<()> { Ok(()) }
///
/// workflow! {
///     enum Hello {
///         #[start] Greet = greet >> Greeted,
///         #[exit] Greeted,
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> CanoResult<()> {
/// let transitions = Arc::new(AtomicU32::new(0));
/// let counted = Arc::clone(&transitions);
/// let count = move |event: &Event<'_>| {
///     if matches!(event.kind, EventKind::Transition { .. }) {
///         counted.fetch_add(1, Ordering::Relaxed);
///     }
/// };
/// Hello::workflow().with_observer(count).orchestrate(&MemoryStore::new()).await?;
/// assert_eq!(transitions.load(Ordering::Relaxed), 1);
/// # Ok(())
/// # }
/// ```
pub trait Observer: Send + Sync + 'static {
    /// Something happened.
    fn on_event(&self, event: &Event<'_>);
}

impl<F: Fn(&Event<'_>) + Send + Sync + 'static> Observer for F {
    fn on_event(&self, event: &Event<'_>) {
        self(event);
    }
}

impl<O: Observer + ?Sized> Observer for Arc<O> {
    fn on_event(&self, event: &Event<'_>) {
        (**self).on_event(event);
    }
}

/// Those that a workflow or a run was given.
#[derive(Clone, Default)]
pub(crate) struct Observers(Vec<Arc<dyn Observer>>);

impl Observers {
    pub(crate) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn add(&mut self, observer: impl Observer) {
        self.0.push(Arc::new(observer));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn and(mut self, others: &Self) -> Self {
        self.0.extend(others.0.iter().cloned());
        self
    }
}

impl fmt::Debug for Observers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} observers", self.0.len())
    }
}

/// The observers of one run, without those that have panicked in it.
pub(crate) struct Audience(Vec<Seat>);

struct Seat {
    observer: Arc<dyn Observer>,
    has_panicked: AtomicBool,
}

impl Audience {
    pub(crate) fn new(observers: &Observers) -> Self {
        let seat = |observer: &Arc<dyn Observer>| Seat {
            observer: Arc::clone(observer),
            has_panicked: AtomicBool::new(false),
        };
        Self(observers.0.iter().map(seat).collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// For a run within this one.
    pub(crate) fn observers(&self) -> Observers {
        Observers(self.0.iter().map(|seat| Arc::clone(&seat.observer)).collect())
    }

    /// Tells everybody; the messages of those that panicked.
    pub(crate) fn tell(&self, event: &Event<'_>) -> Vec<Name> {
        let present = self.0.iter().filter(|seat| !seat.has_panicked.load(Relaxed));
        let panics = present.filter_map(|seat| {
            let told = catch_unwind(AssertUnwindSafe(|| seat.observer.on_event(event)));
            let payload = told.err()?;
            // Of two threads that saw it panic at once, one reports it.
            let is_first = !seat.has_panicked.swap(true, Relaxed);
            is_first.then(|| panic_message(payload))
        });
        panics.collect()
    }
}
