//! A store that is a `dyn Trait`, however it is written: in a table and in the builder.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use cano::prelude::*;

trait Bank: Send + Sync {
    fn pay(&self, cents: u32);
}

#[derive(Default)]
struct Paid(AtomicU32);

impl Bank for Paid {
    fn pay(&self, cents: u32) {
        self.0.fetch_add(cents, Relaxed);
    }
}

#[task]
async fn plain(#[store] bank: &dyn Bank) -> CanoResult<u8> {
    bank.pay(1);
    Ok(1)
}

#[task]
async fn lasting(#[store] bank: &(dyn Bank + 'static)) -> CanoResult<u8> {
    bank.pay(10);
    Ok(2)
}

struct Instance;

#[task]
impl Instance {
    async fn run(&self, #[store] bank: &dyn Bank) -> CanoResult<u8> {
        bank.pay(100);
        Ok(3)
    }
}

struct Parts;

#[node]
impl Parts {
    async fn prep(&self, #[store] bank: &dyn Bank) -> CanoResult<u32> {
        bank.pay(1000);
        Ok(4000)
    }

    async fn exec(&self, cents: u32) -> u32 {
        cents
    }

    async fn post(&self, cents: u32, #[store] bank: &dyn Bank) -> CanoResult<u8> {
        bank.pay(cents);
        Ok(4)
    }
}

macro_rules! over {
    ($store:ty, $name:ident) => {
        workflow! {
            #[store($store)]
            enum $name {
                #[start] One = match plain { _ => Two },
                Two = match lasting { _ => Three },
                #[exit] Three,
            }
        }
    };
}

over!(dyn Bank, Plain);
over!(dyn Bank + 'static, Lasting);
over!((dyn Bank), Bracketed);

#[tokio::test]
async fn a_table_is_over_an_object() {
    let paid = Paid::default();
    let bank: &dyn Bank = &paid;
    assert!(matches!(Plain::run(bank).await, Ok(PlainExit::Three)));
    assert!(matches!(Lasting::run(bank).await, Ok(LastingExit::Three)));
    assert!(matches!(Bracketed::run(bank).await, Ok(BracketedExit::Three)));
    assert_eq!(paid.0.load(Relaxed), 33);
}

#[tokio::test]
async fn a_builder_is_over_an_object() {
    let mut workflow: Workflow<u8, dyn Bank> = Workflow::new(0);
    workflow.register(0, plain {}).register(1, lasting {}).register(2, Instance).register(3, Parts);
    workflow.add_exit_state(4);
    workflow.validate().unwrap();
    let paid = Paid::default();
    assert_eq!(workflow.orchestrate(&paid as &dyn Bank).await.unwrap(), 4);
    assert_eq!(paid.0.load(Relaxed), 5111);
}
