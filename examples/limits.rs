//! Limits on what tasks call: how many calls at a time and per second, and none while the service is down.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

use cano::{
    CircuitOpen,
    limit::{CircuitBreaker, CircuitState, ConcurrencyLimit, RateLimit},
    prelude::*,
};
use tokio::time::{Instant, sleep};

// All tasks that name them share them, in any workflow.
static BANK_LINES: ConcurrencyLimit = ConcurrencyLimit::new(3);
static BANK_RATE: RateLimit = RateLimit::per_second(500).with_burst(5);
static BANK_IS_UP: CircuitBreaker =
    CircuitBreaker::new("bank").with_failures(3, 10).with_open_for(Duration::from_millis(300));

/// A bank that is down at times, and remembers what it was asked.
#[derive(Default)]
struct Bank {
    down: AtomicBool,
    calls: AtomicU32,
    lines: AtomicU32,
    most_lines: AtomicU32,
}

impl Bank {
    async fn charge(&self, _cents: u32) -> Result<(), &'static str> {
        self.calls.fetch_add(1, Relaxed);
        self.most_lines.fetch_max(self.lines.fetch_add(1, Relaxed) + 1, Relaxed);
        sleep(Duration::from_millis(2)).await;
        self.lines.fetch_sub(1, Relaxed);
        if self.down.load(Relaxed) { Err("the bank is down") } else { Ok(()) }
    }
}

#[task(retry = fixed(1, "1ms"), limit = (BANK_LINES, BANK_RATE, BANK_IS_UP))]
async fn charge(cents: u32, store: &Bank) -> Result<(), &'static str> {
    store.charge(cents).await
}

workflow! {
    #[store(Bank)]
    #[derive(Debug, PartialEq)]
    enum Order {
        #[start]
        #[catch(CircuitOpen => Later { cents })] // the bank was not asked
        #[catch(_ => Failed)]
        Charge { cents: u32 } = charge(cents) >> Paid,
        #[exit] Paid,
        #[exit] Later { cents: u32 },
        #[exit] Failed,
    }
}

#[tokio::main]
async fn main() -> CanoResult<()> {
    let bank = Bank::default();

    let began = Instant::now();
    let run = |cents| Order::run(cents, &bank);
    let orders = tokio::try_join!(run(1), run(2), run(3), run(4), run(5), run(6), run(7), run(8))?;
    assert_eq!(<[OrderExit; 8]>::from(orders), [const { OrderExit::Paid }; 8]);
    let most = bank.most_lines.load(Relaxed);
    println!("8 orders in {:.0?}, at most {most} at a time", began.elapsed());
    assert!(most <= 3);

    bank.down.store(true, Relaxed);
    let mut ends = Vec::new();
    for cents in 1..=5 {
        ends.push(Order::run(cents, &bank).await?);
    }
    // Two attempts of the first order and one of the second; from then on the bank is not called.
    println!("down: {ends:?}; {:?}", BANK_IS_UP.counts());
    assert_eq!(bank.calls.load(Relaxed), 8 + 3);
    assert_eq!(ends[0], OrderExit::Failed);
    assert!((2..=5).zip(&ends[1..]).all(|(cents, end)| *end == OrderExit::Later { cents }));
    assert!(matches!(BANK_IS_UP.state(), CircuitState::Open { .. }));

    bank.down.store(false, Relaxed);
    sleep(Duration::from_millis(310)).await;
    for end in ends {
        if let OrderExit::Later { cents } = end {
            assert_eq!(Order::run(cents, &bank).await?, OrderExit::Paid);
        }
    }
    println!("up again: {:?}", BANK_IS_UP.counts());
    assert_eq!(BANK_IS_UP.state(), CircuitState::Closed);
    Ok(())
}
