use tokio::time::timeout_at;

use super::{
    super::{Admission, Limit, Permit},
    CircuitBreaker, CircuitState,
};
use crate::define::cx::Cx;

/// A [`CircuitBreaker`] as a limit that waits instead of refusing: [`CircuitBreaker::or_wait`].
///
/// Waiting attempts go on in the order in which they came: at first as probes, and all of them once the circuit has
/// closed.
///
/// ```
/// use cano::limit::{CircuitBreaker, WaitForCircuit};
///
/// static BANK: CircuitBreaker = CircuitBreaker::new("bank");
/// static BANK_WHEN_UP: WaitForCircuit<'static> = BANK.or_wait();
/// ```
#[derive(Clone, Copy, Debug)]
pub struct WaitForCircuit<'c>(pub(super) &'c CircuitBreaker);

impl WaitForCircuit<'_> {
    /// How many attempts wait now.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.queue.waiting()
    }

    async fn wait(&self) -> Permit<'_> {
        let circuit = self.0;
        let _turn = circuit.queue.turn().await;
        loop {
            // A change between the look and the listening is not lost: it is stored for the next one who listens,
            // which is the one at the head alone.
            match circuit.begin() {
                Ok(permit) => return permit,
                Err(CircuitState::Open { until: Some(until) }) => {
                    // Either way it is time to look again.
                    let _ = timeout_at(until, circuit.changed.notified()).await;
                }
                Err(_) => circuit.changed.notified().await,
            }
        }
    }
}

impl Limit for WaitForCircuit<'_> {
    fn acquire<'a>(&'a self, _: &'a Cx) -> Admission<'a> {
        if self.0.queue.is_empty()
            && let Ok(permit) = self.0.begin()
        {
            return Admission::now(Ok(permit));
        }
        Admission::later(async { Ok(self.wait().await) })
    }

    /// It is the circuit itself that is asked, by however many of these.
    fn admit<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
        let is_asked = cx.asks(std::ptr::from_ref(self.0).addr());
        if is_asked { Admission::now(Ok(Permit::none())) } else { self.acquire(cx) }
    }
}
