//! What the store promises, each a test.

mod append;
mod hostile;
mod provides;
mod update;
mod values;

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

/// Runs what may deadlock in a thread of its own, so that a deadlock is a failure and not a hang.
fn without_deadlock(work: impl FnOnce() + Send + 'static) {
    let (done, is_done) = channel();
    let worker = thread::spawn(move || {
        work();
        let _ = done.send(());
    });
    if is_done.recv_timeout(Duration::from_secs(20)) == Err(RecvTimeoutError::Timeout) {
        panic!("deadlock");
    }
    worker.join().unwrap();
}
