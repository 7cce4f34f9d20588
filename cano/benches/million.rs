//! A million runs that wait at once: how much memory that takes. For a minute, on Linux:
//! `cargo bench -p cano --bench million`.

use std::{
    fs,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

use cano::{WaitStrategy, prelude::*};
use tokio::{runtime::Builder, task::yield_now, time::sleep};

const RUNS: usize = 1_000_000;

static WAITING: AtomicUsize = AtomicUsize::new(0);

#[task]
async fn wait(_n: &usize) -> CanoResult<()> {
    WAITING.fetch_add(1, Relaxed);
    sleep(Duration::from_secs(3_600)).await;
    Ok(())
}

workflow! {
    enum Waits {
        #[start] Wait { n: usize } = wait(n) >> Done,
        #[exit] Done,
    }
}

/// What the process has in memory, in MiB.
fn resident() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? / 1024)
}

fn main() {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let before = resident();
        let starts: Vec<_> = (0..RUNS).map(|n| Waits::Wait { n }).collect();
        let runs = Waits::workflow().concurrent((starts, MemoryStore::new()));
        let all = tokio::spawn(runs.execute(WaitStrategy::WaitForever));
        while WAITING.load(Relaxed) < RUNS {
            yield_now().await;
        }
        match (before, resident()) {
            (Some(before), Some(now)) => println!("{RUNS} runs wait: {now} MiB, {before} before"),
            _ => println!("{RUNS} runs wait"),
        }
        all.abort();
        drop(all.await);
    });
}
