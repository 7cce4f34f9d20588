//! `any` and `each`.

use std::{num::NonZeroUsize, sync::Arc, time::Duration};

use cano::{AnyFailed, Cx, prelude::*};
use tokio::time::{Instant, sleep};

use crate::log::{Busy, Log};

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// What a source does: after so many seconds it answers, fails, or panics.
#[derive(Clone, Copy, Debug)]
enum Source {
    Answers(u64),
    Fails(u64),
    Panics(u64),
}

async fn ask(source: Source, name: &'static str, log: &Log) -> Result<Answer, Busy> {
    let _guard = log.on_drop(name);
    match source {
        Source::Answers(n) => {
            sleep(seconds(n)).await;
            Ok(Answer::From(name))
        }
        Source::Fails(n) => {
            sleep(seconds(n)).await;
            Err(Busy(1))
        }
        Source::Panics(n) => {
            sleep(seconds(n)).await;
            panic!("a bug")
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Answer {
    From(&'static str),
}

#[task]
async fn near(near: Source, store: &Log) -> Result<Answer, Busy> {
    ask(near, "near", store).await
}

#[task(retry = fixed(1, "10s"))]
async fn far(far: Source, store: &Log) -> Result<Answer, Busy> {
    ask(far, "far", store).await
}

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Asking {
        #[catch(Busy(_) => Nobody)]
        #[catch(_ => Nothing)]
        #[start] Ask { a: Source, b: Source } = match any(near(a), far(b)) {
            From(who) => Asked { who },
        },
        #[exit] Asked { who: &'static str },
        #[exit] Nobody,
        #[exit] Nothing,
    }
}

impl PartialEq for Source {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

async fn asked(a: Source, b: Source) -> (CanoResult<AskingExit>, u64, Vec<String>) {
    let (log, began) = (Log::new(), Instant::now());
    let end = Asking::run(a, b, &log).await;
    let (took, lines) = (began.elapsed().as_secs(), log.lines());
    sleep(seconds(100)).await;
    assert_eq!(log.lines(), lines, "nothing goes on after the run");
    (end, took, lines)
}

use Source::{Answers, Fails, Panics};

#[tokio::test(start_paused = true)]
async fn any_takes_the_first_success_and_drops_the_others() {
    let (end, took, lines) = asked(Answers(1), Answers(5)).await;
    assert_eq!((end.unwrap(), took), (AskingExit::Asked { who: "near" }, 1));
    assert_eq!(lines, ["near", "far"]);

    let (end, took, _) = asked(Fails(1), Answers(5)).await;
    assert_eq!((end.unwrap(), took), (AskingExit::Asked { who: "far" }, 5));
}

#[tokio::test(start_paused = true)]
async fn any_fails_when_all_have_failed_each_after_its_own_retries() {
    #[task]
    async fn only_near(near: Source, store: &Log) -> Result<Answer, Busy> {
        ask(near, "near", store).await
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Uncaught {
            #[start] Ask { a: Source, b: Source } = match any(only_near(a), far(b)) { Answer::From(_) => Asked },
            #[exit] Asked,
        }
    }
    let (log, began) = (Log::new(), Instant::now());

    let error = Uncaught::run(Fails(1), Fails(2), &log).await.unwrap_err();

    assert_eq!((began.elapsed(), log.count("far")), (seconds(2 + 10 + 2), 2));
    let all = error.find::<AnyFailed>().unwrap();
    let texts: Vec<_> = all.errors().iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "workflow `Uncaught`, state `Ask`: task `only_near` failed after 1 attempt",
            "workflow `Uncaught`, state `Ask`: task `far` failed after 2 attempts",
        ]
    );
    assert_eq!(
        error.to_string(),
        "workflow `Uncaught`, state `Ask`: task `only_near, far` failed after 1 attempt"
    );

    let (end, ..) = asked(Fails(1), Fails(2)).await;
    assert_eq!(end.unwrap(), AskingExit::Nobody);
}

#[tokio::test(start_paused = true)]
async fn a_catch_finds_the_error_of_each_task_of_an_any_whichever_failed_first() {
    #[derive(Debug)]
    enum Answer {
        Slow,
        Refused(u32),
    }
    impl std::fmt::Display for Answer {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "{self:?}")
        }
    }
    impl std::error::Error for Answer {}
    #[task]
    async fn slow(after: u64) -> Result<(), Answer> {
        tokio::time::sleep(seconds(after)).await;
        Err(Answer::Slow)
    }
    #[task]
    async fn refused() -> Result<(), Answer> {
        tokio::time::sleep(seconds(2)).await;
        Err(Answer::Refused(7))
    }
    workflow! {
        #[derive(Debug, PartialEq)]
        enum Asking {
            #[start]
            #[catch(Answer::Refused(code) if *code == 8 => Asked)]
            #[catch(Answer::Refused(code) => Refused { code: *code })]
            Ask { after: u64 } = any(slow(after), refused()) >> Asked,
            #[exit] Asked,
            #[exit] Refused { code: u32 },
        }
    }

    for after in [1, 3] {
        let end = Asking::run(after, &MemoryStore::new()).await;
        assert_eq!(end.unwrap(), AskingExit::Refused { code: 7 });
    }
}

#[tokio::test(start_paused = true)]
async fn a_panic_does_not_keep_another_from_winning_but_is_the_error_when_none_does() {
    let (end, took, _) = asked(Panics(1), Answers(3)).await;
    assert_eq!((end.unwrap(), took), (AskingExit::Asked { who: "far" }, 3));

    let (end, ..) = asked(Panics(1), Fails(3)).await;
    let error = end.unwrap_err();
    assert!(matches!(&error, CanoError::Panicked(panicked) if panicked.place().task() == "near"), "{error}");
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Item {
    seconds: u64,
    fails: bool,
}

/// Notes when it begins and ends, and how many are at it.
#[task(retry = fixed(1, "100s"))]
async fn work(item: Item, factor: u64, store: &Log, cx: &Cx) -> Result<u64, Busy> {
    let n = cx.item().expect("it is one of several");
    store.note(format!("begin {n}"));
    sleep(seconds(item.seconds)).await;
    store.note(format!("end {n}"));
    if item.fails { Err(Busy(n)) } else { Ok(item.seconds * factor) }
}

#[task]
async fn choose(partial: bool) -> CanoResult<bool> {
    Ok(partial)
}

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Batch {
        #[start]
        Begin { items: Vec<Item>, factor: u64, partial: bool } = match choose(partial) {
            true => Some { items, factor },
            false => All { items, factor },
        },
        All { items: Vec<Item>, factor: u64 } = match each(work(factor), over = items, limit = 2) {
            products => Worked { products },
        },
        Some { items: Vec<Item>, factor: u64 } = match each(work(factor), over = items, partial) {
            results => Checked { failed: results.iter().filter(|result| result.is_err()).count(), of: results.len() },
        },
        #[exit] Worked { products: Vec<u64> },
        #[exit] Checked { failed: usize, of: usize },
    }
}

fn items(seconds: &[u64], fails: &[usize]) -> Vec<Item> {
    let item = |(i, seconds): (usize, &u64)| Item { seconds: *seconds, fails: fails.contains(&i) };
    seconds.iter().enumerate().map(item).collect()
}

#[tokio::test(start_paused = true)]
async fn each_keeps_the_order_of_the_items_whichever_ends_first() {
    let (log, began) = (Log::new(), Instant::now());
    let end = Batch::run(items(&[5, 1, 3, 2], &[]), 10, false, &log).await.unwrap();
    assert_eq!(end, BatchExit::Worked { products: vec![50, 10, 30, 20] });
    // Two at a time: 1 after 0 and 1 began, 3 after 2 ended.
    assert_eq!(log.lines(), ["begin 0", "begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 0", "end 3"]);
    assert_eq!(began.elapsed(), seconds(6));
}

#[tokio::test(start_paused = true)]
async fn no_items_are_no_outcomes() {
    let log = Log::new();
    let end = Batch::run(Vec::new(), 10, false, &log).await.unwrap();
    assert_eq!(end, BatchExit::Worked { products: vec![] });
    assert!(log.lines().is_empty());
}

#[tokio::test(start_paused = true)]
async fn the_first_item_that_fails_for_good_ends_the_others() {
    let (log, began) = (Log::new(), Instant::now());
    let error = Batch::run(items(&[500, 1, 3], &[1]), 10, false, &log).await.unwrap_err();
    assert_eq!(error.find(), Some(&Busy(1)));
    assert_eq!(error.to_string(), "workflow `Batch`, state `All`: task `work[1]` failed after 2 attempts");
    assert_eq!(began.elapsed(), seconds(1 + 100 + 1));
    let lines = log.lines();
    sleep(seconds(1000)).await;
    assert_eq!(log.lines(), lines);
}

#[tokio::test(start_paused = true)]
async fn with_partial_each_item_has_a_result_of_its_own() {
    let log = Log::new();
    let end = Batch::run(items(&[5, 1, 3], &[1, 2]), 1, true, &log).await.unwrap();
    assert_eq!(end, BatchExit::Checked { failed: 2, of: 3 });
}

#[tokio::test(start_paused = true)]
async fn a_panic_of_an_item_is_the_error_of_the_run_and_says_which() {
    #[task]
    async fn check(item: &u32) -> CanoResult<()> {
        assert!(*item != 2, "two is a bug");
        Ok(())
    }
    workflow! {
        #[derive(Debug)]
        enum Checking {
            #[catch(_ => Checked)]
            #[start] Check { list: Arc<[u32]> } = match each(check, over = list, partial) { _ => Checked },
            #[exit] Checked,
        }
    }
    let error = Checking::run(Arc::new([0, 1, 2]), &MemoryStore::new()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "workflow `Checking`, state `Check`: task `check[2]` panicked: two is a bug"
    );
}

#[tokio::test(start_paused = true)]
async fn items_have_keys_of_their_own_that_do_not_change_with_the_attempt() {
    #[task(retry = fixed(1, "1s"))]
    async fn key(_item: &u8, store: &Log, cx: &Cx) -> Result<(), Busy> {
        store.note(cx.idempotency_key().rsplit_once("-Key-").unwrap().1);
        if cx.attempt() == 1 { Err(Busy(0)) } else { Ok(()) }
    }
    const AT_ONCE: usize = 1;
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Keyed {
            #[start] Key { list: [u8; 2] } = each(key, over = list, limit = AT_ONCE) >> Done,
            #[exit] Done,
        }
    }
    let log = Log::new();
    Keyed::run([1, 2], &log).await.unwrap();
    assert_eq!(log.lines(), ["0-item0", "0-item0", "0-item1", "0-item1"]);
    assert!(NonZeroUsize::new(AT_ONCE).is_some());
}

#[tokio::test(start_paused = true)]
async fn many_items_at_once_are_done() {
    #[task]
    async fn double(item: &u64) -> CanoResult<u64> {
        sleep(Duration::from_millis(*item % 7)).await;
        Ok(item * 2)
    }
    workflow! {
        #[derive(Debug)]
        enum Many {
            #[start] Double { list: Vec<u64> } = match each(double, over = list) { all => Doubled { all } },
            #[exit] Doubled { all: Vec<u64> },
        }
    }
    let ManyExit::Doubled { all } = Many::run((0..10_000).collect(), &MemoryStore::new()).await.unwrap();
    assert!(all.into_iter().eq((0..10_000).map(|n| n * 2)));
}
