//! A workflow as a task of another, tasks with fields, stores within stores, generics, a `dyn` store.
#![deny(warnings)]

use std::fmt::Debug;

use cano::{Provides, prelude::*};

#[derive(Debug, Clone)]
pub struct Order(u32);
#[derive(Default)]
pub struct Till;
#[derive(Default)]
pub struct Shop {
    till: Till,
}

impl Provides<Till> for Shop {
    fn provide(&self) -> &Till {
        &self.till
    }
}

pub struct NotDefault(String);

#[derive(Default, Clone)]
pub struct Client {
    name: String,
}

#[task]
impl Client {
    async fn run(&self, order: &Order, _store: &Till) -> CanoResult<Option<u32>> {
        let _ = &self.name;
        Ok((order.0 > 0).then_some(order.0))
    }
}

#[task(retry = exponential(2, base = "1ms"))]
impl NotDefault {
    async fn run(&self, receipt: u32) -> CanoResult<String> {
        Ok(format!("{}{receipt}", self.0))
    }
}

workflow! {
    #[store(Till)]
    pub enum Payment {
        #[start]
        Ask { order: Order } = match Client(order) {
            Some(receipt) => Paid { receipt },
            None => Declined,
        },
        #[exit] Paid { receipt: u32 },
        #[exit] Declined,
    }
}

workflow! {
    #[store(Shop)]
    #[derive(Debug)]
    enum Sale {
        #[start]
        Pay { order: Order } = match Payment(order) {
            Paid { receipt } => Print { receipt },
            Declined => Lost,
        },
        Print { receipt: u32 } = match NotDefault(receipt) {
            text => Done { text },
        },
        #[exit] Done { text: String },
        #[exit] Lost,
    }
}

// A workflow whose start field cannot be cloned compiles as long as it is not nested.
pub struct NoClone(u32);

#[task]
async fn look(x: &NoClone) -> CanoResult<u32> {
    Ok(x.0)
}

workflow! {
    enum Lone {
        #[start] A { x: NoClone } = match look { 0 => Z, _ => Y { x } },
        #[exit] Y { x: NoClone },
        #[exit] Z,
    }
}

pub trait Backend: Send + Sync + 'static {
    type Receipt: Send + Sync + Debug;
    fn pay(&self, name: &str) -> impl Future<Output = Self::Receipt> + Send;
}

#[derive(Default)]
pub struct Real;

impl Backend for Real {
    type Receipt = String;
    async fn pay(&self, name: &str) -> String {
        name.to_uppercase()
    }
}

#[derive(Default)]
pub struct Bank<B>(B);

pub enum Receipt<R> {
    Got(R),
    None,
}

#[task]
async fn pay<B: Backend>(name: &str, store: &Bank<B>) -> CanoResult<Receipt<B::Receipt>> {
    if name.is_empty() {
        return Ok(Receipt::None);
    }
    Ok(Receipt::Got(store.0.pay(name).await))
}

workflow! {
    #[store(Bank<B>)]
    pub enum Flow<B: Backend> {
        #[start] Pay { name: String } = match pay {
            Got(receipt) => Received { receipt },
            None => Missing,
        },
        #[exit] Received { receipt: B::Receipt },
        #[exit] Missing,
    }
}

workflow! {
    #[store(Bank<B>)]
    enum Unmentioned<B> where B: Backend {
        #[start] Pay { name: String } = match pay {
            Got(_) => Received,
            None => Received,
        },
        #[exit] Received,
    }
}

pub trait Api: Send + Sync {
    fn save(&self, n: u32) -> u32;
}

struct Fake;

impl Api for Fake {
    fn save(&self, n: u32) -> u32 {
        n + 1
    }
}

#[task]
async fn save(n: u32, #[store] api: &dyn Api) -> CanoResult<u32> {
    Ok(api.save(n))
}

#[task]
async fn save_any(n: &u32, store: &impl Debug) -> CanoResult<()> {
    println!("{n} {store:?}");
    Ok(())
}

workflow! {
    #[store(dyn Api)]
    enum Saving {
        #[start] Save { n: u32 } = match save { n => Saved { n } },
        #[exit] Saved { n: u32 },
    }
}

workflow! {
    enum Any {
        #[start] Save { n: u32 } = save_any >> Saved,
        #[exit] Saved,
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> CanoResult<()> {
    let tasks = || SaleTasks { payment: Payment::workflow(), not_default: NotDefault("no. ".into()) };
    let sale = Sale::with(tasks());
    let shop = Shop::default();
    match sale.orchestrate_from(Sale::Pay { order: Order(7) }, &shop).await? {
        SaleExit::Done { text } => assert_eq!(text, "no. 7"),
        SaleExit::Lost => unreachable!(),
    }
    assert!(matches!(sale.orchestrate_from(Sale::Pay { order: Order(0) }, &shop).await?, SaleExit::Lost));
    let client = Client { name: "a".into() };
    let payment = Payment::with(PaymentTasks { client });
    assert!(matches!(payment.orchestrate_from(Payment::Ask { order: Order(3) }, &Till).await?, PaymentExit::Paid { receipt: 3 }));
    match Lone::run(NoClone(1), &MemoryStore::new()).await? {
        LoneExit::Y { x } => assert_eq!(x.0, 1),
        LoneExit::Z => unreachable!(),
    }
    match Flow::<Real>::run("bob".into(), &Bank(Real)).await? {
        FlowExit::Received { receipt } => assert_eq!(receipt, "BOB"),
        _ => unreachable!(),
    }
    assert!(matches!(Unmentioned::<Real>::run("bob".into(), &Bank(Real)).await?, UnmentionedExit::Received));
    let fake: std::sync::Arc<dyn Api> = std::sync::Arc::new(Fake);
    let spawned = tokio::spawn(async move { Saving::run(1, &*fake).await });
    assert!(matches!(spawned.await.unwrap()?, SavingExit::Saved { n: 2 }));
    assert!(matches!(Any::run(1, &MemoryStore::new()).await?, AnyExit::Saved));
    Ok(())
}
