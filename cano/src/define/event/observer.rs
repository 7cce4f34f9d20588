use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use super::{Attempt, Event};
use crate::define::error::{CanoError, Name, panic_message};

/// Receives the events of runs, as they happen.
///
/// It is called from within the run, so it should be quick and must not block; send the events through a channel if the
/// work takes time. It cannot fail the run: an observer that panics receives no further events of this run, and the
/// others receive an [`EventKind::ObserverPanicked`](crate::EventKind::ObserverPanicked).
///
/// A closure is an observer. So is an `Arc` of an observer, which lets its owner keep a handle to it. Concurrent runs
/// may call it from several threads.
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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an observer",
    label = "not an observer",
    note = "an observer is a value that implements `Observer`, an `Arc` of one, or a closure `|event: &Event<'_>| ..`; a run owns it"
)]
pub trait Observer: Send + Sync + 'static {
    /// Called for each event.
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

/// What fails an attempt in its task's place: the faults of `testing`.
pub(crate) trait Fault: Send + Sync {
    /// The error of the attempt that begins, if it is to fail.
    fn error(&self, attempt: &Attempt<'_>) -> Option<CanoError>;
}

/// Those that a workflow or a run was given.
#[derive(Clone, Default)]
pub(crate) struct Observers(Vec<Given>);

#[derive(Clone)]
enum Given {
    Observer(Arc<dyn Observer>),
    Fault(Arc<dyn Fault>),
}

impl Observers {
    pub(crate) const fn none() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn add(&mut self, observer: impl Observer) {
        self.0.push(Given::Observer(Arc::new(observer)));
    }

    #[cfg(feature = "testing")]
    pub(crate) fn add_fault(&mut self, fault: impl Fault + 'static) {
        self.0.push(Given::Fault(Arc::new(fault)));
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

/// The observers of one run, without those that have panicked in it, and its faults.
pub(crate) struct Audience {
    seats: Vec<Seat>,
    faults: Vec<Arc<dyn Fault>>,
}

struct Seat {
    observer: Arc<dyn Observer>,
    has_panicked: AtomicBool,
}

impl Seat {
    fn new(observer: &Arc<dyn Observer>) -> Self {
        Self { observer: Arc::clone(observer), has_panicked: AtomicBool::new(false) }
    }
}

impl Audience {
    pub(crate) fn new(observers: &Observers) -> Self {
        let (mut seats, mut faults) = (Vec::new(), Vec::new());
        for given in &observers.0 {
            match given {
                Given::Observer(observer) => seats.push(Seat::new(observer)),
                Given::Fault(fault) => faults.push(Arc::clone(fault)),
            }
        }
        Self { seats, faults }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.seats.is_empty() && self.faults.is_empty()
    }

    /// For a run within this one.
    pub(crate) fn observers(&self) -> Observers {
        let observers = self.seats.iter().map(|seat| Given::Observer(Arc::clone(&seat.observer)));
        let faults = self.faults.iter().cloned().map(Given::Fault);
        Observers(observers.chain(faults).collect())
    }

    /// The error of the attempt that begins, if it is to fail. Each of the faults counts it.
    pub(crate) fn fault(&self, attempt: &Attempt<'_>) -> Option<CanoError> {
        self.faults.iter().filter_map(|fault| fault.error(attempt)).reduce(|first, _| first)
    }

    /// Tells everybody; the messages of those that panicked.
    pub(crate) fn tell(&self, event: &Event<'_>) -> Vec<Name> {
        let present = self.seats.iter().filter(|seat| !seat.has_panicked.load(Relaxed));
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
