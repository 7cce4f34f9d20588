//! What bounds a run: the timeout of an attempt, a deadline, a cancellation.
//!
//! The clock is paused, so the times are exact and pass at once.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering::Relaxed},
};

use cano::{CancellationToken, RunOptions, prelude::*};
use tokio::time::{Instant, sleep};

/// A model with the number of seconds that each attempt takes.
struct Model {
    seconds: [u64; 3],
    /// How many of its computations learned that nobody waits for them any more.
    told: Arc<AtomicU32>,
}

// Each attempt has two seconds, from its first wait on. One that takes longer is dropped, and has failed.
#[task(timeout = "2s", retry = fixed(2, "1s"))]
async fn ask(prompt: &str, store: &Model, cx: &Cx) -> CanoResult<String> {
    // The attempt's future is dropped when it is over; a spawned task has to learn of that from the token.
    let (token, told) = (cx.cancellation(), Arc::clone(&store.told));
    tokio::spawn(async move {
        token.cancelled().await;
        told.fetch_add(1, Relaxed);
    });
    sleep(Duration::from_secs(store.seconds[cx.attempt() as usize - 1])).await;
    Ok(format!("{prompt} 42"))
}

workflow! {
    #[store(Model)]
    #[derive(Debug)]
    enum Asking {
        #[start]
        #[catch(CanoError::AttemptTimeout(_) => TooSlow)]
        Ask { prompt: String } = match ask(prompt) {
            answer => Answered { answer },
        },
        #[exit] Answered { answer: String },
        #[exit] TooSlow,
    }
}

/// Runs once: how it ended, after how many seconds, and how many computations learned that they should stop.
async fn run(seconds: [u64; 3], options: RunOptions) -> (CanoResult<AskingExit>, u64, u32) {
    let (model, began) = (Model { seconds, told: Arc::default() }, Instant::now());
    let start = Asking::Ask { prompt: "How much?".to_owned() };
    // A workflow may have a timeout for each of its runs; if a run has one of its own, the earlier one counts.
    let asking = Asking::workflow().with_timeout(Duration::from_secs(60));
    let end = asking.orchestrate_with(start, &model, options).await;
    let took = began.elapsed().as_secs();
    tokio::task::yield_now().await;
    match &end {
        Ok(exit) => println!("{took} s: {exit:?}"),
        Err(error) => println!("{took} s: {error:#}"),
    }
    (end, took, model.told.load(Relaxed))
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    // Two attempts take too long, the third one succeeds; the delays between them do not count as attempts.
    let (end, took, told) = run([9, 9, 1], RunOptions::new()).await;
    assert!(matches!(end, Ok(AskingExit::Answered { answer }) if answer == "How much? 42"));
    assert_eq!((took, told), (2 + 1 + 2 + 1 + 1, 3));

    // The last attempt takes too long as well. That is the error of the task, which a row may catch.
    let (end, took, _) = run([9, 9, 9], RunOptions::new()).await;
    assert!(matches!(end, Ok(AskingExit::TooSlow)));
    assert_eq!(took, 2 + 1 + 2 + 1 + 2);

    // A deadline ends the whole run, wherever it stands, and no row catches it.
    let (end, took, told) = run([9, 9, 9], RunOptions::new().with_timeout(Duration::from_secs(4))).await;
    assert!(matches!(end, Err(CanoError::DeadlineExceeded(exceeded)) if exceeded.attempt() == 2));
    assert_eq!((took, told), (4, 2));

    // So does a token that somebody else cancels.
    let token = CancellationToken::new();
    let asked = run([9, 9, 9], RunOptions::new().with_cancellation(token.clone()));
    let ((end, took, _), ()) = tokio::join!(asked, async {
        sleep(Duration::from_secs(1)).await;
        token.cancel();
    });
    assert!(matches!(end, Err(CanoError::Cancelled(cancelled)) if cancelled.place().state() == "Ask"));
    assert_eq!(took, 1);
}
