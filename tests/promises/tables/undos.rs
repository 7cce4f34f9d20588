//! What a row says of its undo.

use cano::prelude::*;

use crate::log::{Busy, Log};

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
