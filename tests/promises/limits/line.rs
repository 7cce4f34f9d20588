//! First come, first served.

use std::sync::Arc;

use cano::{
    limit::{CircuitBreaker, ConcurrencyLimit, Limit, RateLimit},
    prelude::*,
};
use tokio::{
    task::{JoinSet, yield_now},
    time::sleep,
};

use super::circuit::failure;
use crate::log::Log;

/// In which order ten who came one after the other were admitted; each holds its permit for a while. Every third is
/// dropped while it waits.
async fn order(limit: impl Limit + 'static) -> Vec<String> {
    let (limit, log, mut all) = (Arc::new(limit), Log::new(), JoinSet::new());
    for number in 0..10 {
        let (limit, log) = (Arc::clone(&limit), log.clone());
        let handle = all.spawn(async move {
            let cx = Cx::detached();
            let permit = limit.acquire(&cx).await.expect("it waits");
            log.note(number);
            sleep(Duration::from_millis(10)).await;
            permit.succeeded();
        });
        yield_now().await;
        if number % 3 == 2 {
            handle.abort();
        }
    }
    while all.join_next().await.is_some() {}
    log.lines()
}

const IN_ORDER: [&str; 7] = ["0", "1", "3", "4", "6", "7", "9"];

#[tokio::test(start_paused = true)]
async fn those_who_wait_for_a_concurrency_limit_go_on_in_the_order_in_which_they_came() {
    assert_eq!(order(ConcurrencyLimit::new(1)).await, IN_ORDER);
    assert_eq!(order(ConcurrencyLimit::new(2)).await, IN_ORDER);
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_for_a_rate_limit_go_on_in_the_order_in_which_they_came() {
    assert_eq!(order(RateLimit::per_second(10)).await, IN_ORDER);
    assert_eq!(order(RateLimit::per_second(10).with_burst(2)).await, IN_ORDER);
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_for_a_circuit_go_on_in_the_order_in_which_they_came() {
    static BANK: CircuitBreaker = CircuitBreaker::new("bank").with_failures(1, 1).with_probes(2);
    BANK.acquire(&Cx::detached()).await.unwrap().failed(&failure());
    assert_eq!(order(BANK.or_wait()).await, IN_ORDER);
}
