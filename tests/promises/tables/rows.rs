//! What a row says beside its task: its timeout, its undo.

use std::time::Duration;

use cano::{Cx, prelude::*};
use tokio::time::{Instant, sleep};

use crate::log::{Busy, Log};

const fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

fn timeout(error: &CanoError) -> (u32, Duration) {
    match error {
        CanoError::AttemptTimeout(timeout) => (timeout.attempt(), timeout.timeout()),
        other => panic!("not a timeout: {other:#}"),
    }
}

#[task(timeout = "3s", retry = fixed(1, "10s"))]
async fn slow(time: Duration, store: &Log) -> CanoResult<()> {
    let _guard = store.on_drop("let go");
    sleep(time).await;
    store.note("done");
    Ok(())
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum ByTask {
        #[start] Work { time: Duration } = slow(time) >> Done,
        #[exit] Done,
    }
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Shorter {
        #[timeout("1s")]
        #[start] Work { time: Duration } = slow(time) >> Done,
        #[exit] Done,
    }
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Longer {
        #[timeout("1m")]
        #[retry(none)]
        #[start] Work { time: Duration } = slow(time) >> More { time },
        // The longer timeout of the row before is over.
        More { time: Duration } = slow(time) >> Done,
        #[exit] Done,
    }
}

workflow! {
    #[store(Log)]
    #[derive(Debug, PartialEq)]
    enum Several {
        #[timeout("2s")]
        #[retry(none)]
        #[catch(_ => Late)]
        #[start] Both { time: Duration, other: Duration } = (slow(time), slow(other)) >> Over { times: vec![time, other] },
        #[timeout("1500ms")]
        #[retry(none)]
        Over { times: Vec<Duration> } = each(slow, over = times) >> Done,
        #[exit] Done,
        #[exit] Late,
    }
}

#[tokio::test(start_paused = true)]
async fn a_tasks_timeout_holds_for_each_of_its_attempts() {
    let (log, began) = (Log::new(), Instant::now());
    let error = ByTask::run(seconds(4), &log).await.unwrap_err();
    assert_eq!(timeout(&error), (2, seconds(3)));
    assert_eq!(began.elapsed(), seconds(3 + 10 + 3));
    assert_eq!(log.lines(), ["let go", "let go"]);
}

#[tokio::test(start_paused = true)]
async fn a_rows_timeout_wins_whether_it_is_shorter_or_longer() {
    let error = Shorter::run(seconds(2), &Log::new()).await.unwrap_err();
    assert_eq!(timeout(&error), (2, seconds(1)));

    let began = Instant::now();
    let error = Longer::run(seconds(5), &Log::new()).await.unwrap_err();
    assert_eq!(timeout(&error), (2, seconds(3)));
    let CanoError::AttemptTimeout(ended) = &error else { unreachable!() };
    assert_eq!((ended.place().state(), began.elapsed()), ("More", seconds(5 + 3 + 10 + 3)));
}

#[tokio::test(start_paused = true)]
async fn a_rows_timeout_holds_for_each_of_several_tasks() {
    let log = Log::new();
    let end = Several::run(seconds(1), seconds(3), &log).await.unwrap();
    assert_eq!(
        (end, log.lines()),
        (SeveralExit::Late, vec!["done".into(), "let go".into(), "let go".into()])
    );

    let error = Several::run(seconds(1), Duration::from_millis(1700), &Log::new()).await.unwrap_err();
    assert_eq!(timeout(&error), (1, Duration::from_millis(1500)));
    assert_eq!(
        error.to_string(),
        "workflow `Several`, state `Over`: task `slow[1]` did not end within its timeout of 1.5s in attempt 1"
    );
}

#[tokio::test(start_paused = true)]
async fn a_tasks_timeout_holds_in_the_builder_too() {
    #[task(timeout = "3s")]
    async fn wait() -> CanoResult<&'static str> {
        sleep(seconds(4)).await;
        Ok("done")
    }
    let mut workflow = Workflow::new("wait");
    workflow.register("wait", wait {}).add_exit_state("done");
    let error = workflow.orchestrate(&MemoryStore::new()).await.unwrap_err();
    assert_eq!(timeout(&error), (1, seconds(3)));
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_policy_of_ones_own_holds() {
    fn patient() -> TaskConfig {
        TaskConfig::minimal().with_attempt_timeout(seconds(3))
    }
    #[task(retry = patient)]
    async fn wait(time: Duration) -> CanoResult<()> {
        sleep(time).await;
        Ok(())
    }
    struct Hand;
    #[task]
    impl Task<()> for Hand {
        fn config(&self) -> TaskConfig {
            patient()
        }
        async fn run(&self, _: &MemoryStore) -> CanoResult<()> {
            sleep(seconds(4)).await;
            Ok(())
        }
    }
    impl Default for Hand {
        fn default() -> Self {
            Self
        }
    }
    workflow! {
        #[derive(Debug)]
        enum Waiting {
            #[start] Wait { time: Duration } = wait(time) >> Again,
            Again = Hand >> Done,
            #[exit] Done,
        }
    }
    let run = |time| async move { Waiting::run(time, &MemoryStore::new()).await.unwrap_err() };
    assert_eq!(timeout(&run(seconds(4)).await), (1, seconds(3)));
    let error = run(seconds(2)).await;
    assert!(matches!(&error, CanoError::AttemptTimeout(error) if error.place().state() == "Again"));
}

#[tokio::test(start_paused = true)]
async fn the_timeout_of_a_node_holds_for_its_three_parts_together() {
    #[derive(Default)]
    struct Slow;
    #[node(timeout = "3s")]
    impl Slow {
        async fn prep(&self) -> CanoResult<u64> {
            sleep(seconds(2)).await;
            Ok(2)
        }
        async fn exec(&self, n: u64) -> u64 {
            sleep(seconds(n)).await;
            n
        }
        async fn post(&self, _n: u64) -> CanoResult<()> {
            Ok(())
        }
    }
    workflow! {
        #[derive(Debug)]
        enum Nodes {
            #[start] Work = Slow >> Done,
            #[exit] Done,
        }
    }
    let error = Nodes::run(&MemoryStore::new()).await.unwrap_err();
    assert_eq!(timeout(&error), (1, seconds(3)));
}

#[derive(Clone, Debug, PartialEq)]
struct Receipt(u32);

#[task]
async fn charge(amount: u32, store: &Log) -> CanoResult<Receipt> {
    store.note(format!("charge {amount}"));
    Ok(Receipt(amount * 100))
}

#[task(retry = fixed(2, "1s"))]
async fn refund(receipt: &Receipt, amount: u32, store: &Log, cx: &Cx) -> Result<(), Busy> {
    store.note(format!("refund {amount} by {receipt:?} in {} of {}", cx.task(), cx.state()));
    if cx.attempt() == 1 { Err(Busy(0)) } else { Ok(()) }
}

#[task]
async fn reserve(store: &Log) -> CanoResult<()> {
    store.note("reserve");
    Ok(())
}

/// A task with a field.
struct Release {
    line: &'static str,
}

#[task]
impl Release {
    async fn run(&self, order: &String, store: &Log) -> CanoResult<()> {
        store.note(format!("{} {order}", self.line));
        Ok(())
    }
}

#[task]
async fn ship(order: &str) -> Result<(), Busy> {
    if order == "bad" { Err(Busy(7)) } else { Ok(()) }
}

workflow! {
    #[store(Log)]
    #[derive(Debug)]
    enum Order {
        #[undo(Release(order))]
        #[start] Reserve { order: String } = reserve() >> Charge { order, amount: 5 },
        #[undo(refund(outcome, amount))]
        Charge { order: String, amount: u32 } = match charge(amount) { _ => Ship { order } },
        Ship { order: String } = ship(order) >> Shipped,
        #[exit] Shipped,
    }
}

#[tokio::test(start_paused = true)]
async fn the_undos_of_a_table_are_lent_fields_and_outcomes() {
    let (log, workflow) = (Log::new(), Order::with(OrderTasks { release: Release { line: "release" } }));

    let error = workflow.orchestrate_from(Order::Reserve { order: "bad".into() }, &log).await.unwrap_err();

    assert_eq!(error.find(), Some(&Busy(7)));
    assert_eq!(
        log.lines(),
        [
            "reserve",
            "charge 5",
            "refund 5 by Receipt(500) in refund of Charge",
            "refund 5 by Receipt(500) in refund of Charge",
            "release bad"
        ]
    );

    let log = Log::new();
    workflow.orchestrate_from(Order::Reserve { order: "good".into() }, &log).await.unwrap();
    assert_eq!(log.lines(), ["reserve", "charge 5"]);
}

#[test]
fn a_table_as_data_names_the_undos() {
    let undos: Vec<_> = Order::TABLE.states().iter().map(|state| state.undo()).collect();
    assert_eq!(undos, [Some("Release"), Some("refund"), None, None]);
}

#[tokio::test(start_paused = true)]
async fn a_generic_table_may_have_undos() {
    trait Money: Clone + Send + Sync + 'static {
        fn text(&self) -> String;
    }
    impl Money for u32 {
        fn text(&self) -> String {
            self.to_string()
        }
    }
    struct Bank<M>(Log, std::marker::PhantomData<fn() -> M>);
    #[task]
    async fn pay<M: Money>(money: &M, store: &Bank<M>) -> CanoResult<()> {
        store.0.note(format!("pay {}", money.text()));
        Ok(())
    }
    #[task]
    async fn unpay<M: Money>(money: &M, store: &Bank<M>) -> CanoResult<()> {
        store.0.note(format!("unpay {}", money.text()));
        Ok(())
    }
    #[task]
    async fn fail() -> CanoResult<()> {
        Err(CanoError::task_execution("as told"))
    }
    workflow! {
        #[store(Bank<M>)]
        enum Paying<M: Money> {
            #[undo(unpay)]
            #[start] Pay { money: M } = pay >> Fail,
            Fail = fail >> Paid,
            #[exit] Paid,
        }
    }
    let bank = Bank(Log::new(), std::marker::PhantomData);
    assert!(Paying::<u32>::run(5, &bank).await.is_err());
    assert_eq!(bank.0.lines(), ["pay 5", "unpay 5"]);
}

#[tokio::test(start_paused = true)]
async fn the_undo_of_a_row_with_several_tasks_is_lent_all_that_they_yielded() {
    #[task]
    async fn take(seat: u32) -> CanoResult<u32> {
        if seat == 13 { Err(CanoError::task_execution(Busy(13))) } else { Ok(seat * 10) }
    }
    #[task]
    async fn meal() -> CanoResult<&'static str> {
        Ok("soup")
    }
    #[task]
    async fn cancel(both: &(u32, &str), store: &Log) -> CanoResult<()> {
        store.note(format!("{both:?}"));
        Ok(())
    }
    #[task]
    async fn cancel_all(tickets: &[u32], store: &Log) -> CanoResult<()> {
        store.note(format!("{tickets:?}"));
        Ok(())
    }
    #[task]
    async fn cancel_taken(tickets: &[CanoResult<u32>], store: &Log) -> CanoResult<()> {
        store.note(format!("{:?}", tickets.iter().flatten().collect::<Vec<_>>()));
        Ok(())
    }
    workflow! {
        #[store(Log)]
        #[derive(Debug)]
        enum Booking {
            #[undo(cancel(outcome))]
            #[start] Both { seats: Vec<u32>, seat: u32 } = match (take(seat), meal()) { _ => All { seats } },
            #[undo(cancel_all(outcome))]
            All { seats: Vec<u32> } = match each(take, over = seats) { _ => Some { seats: vec![3, 13] } },
            #[undo(cancel_taken(outcome))]
            Some { seats: Vec<u32> } = match each(take, over = seats, partial) { _ => Fail { seat: 13 } },
            Fail { seat: u32 } = match take(seat) { _ => Booked },
            #[exit] Booked,
        }
    }
    let log = Log::new();
    let error = Booking::run(vec![1, 2], 7, &log).await.unwrap_err();
    assert_eq!(error.find(), Some(&Busy(13)));
    assert_eq!(log.lines(), ["[30]", "[10, 20]", "(70, \"soup\")"]);
}
