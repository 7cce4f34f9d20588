//! The types by which tasks name their stores, each without a warning.
#![deny(warnings)]

use std::sync::Mutex;

use cano::prelude::*;

trait Ledger: Send + Sync {
    fn note(&self, text: &str);
}

#[derive(Default)]
struct Book(Mutex<Vec<String>>);

impl Ledger for Book {
    fn note(&self, text: &str) {
        self.0.lock().unwrap().push(text.to_owned());
    }
}

#[task]
async fn by_one_trait(store: &impl Ledger) -> CanoResult<()> {
    store.note("impl");
    Ok(())
}

#[task]
async fn by_two_traits(store: &(impl Ledger + Sync)) -> CanoResult<()> {
    store.note("impl of two");
    Ok(())
}

#[task]
async fn by_a_lifetime<'a>(n: &'a u32, m: &'a u32, store: &Book) -> CanoResult<u32>
where
    'a: 'a,
{
    store.note("a lifetime");
    Ok(n + m)
}

#[task]
async fn by_the_lifetime_of_an_input<'a>(n: &'a u32, store: &'a Book, cx: &'a Cx) -> CanoResult<()> {
    store.note(&format!("state {} of {n}", cx.state()));
    Ok(())
}

#[derive(Default)]
struct OfOneLifetime(String);

#[task]
impl OfOneLifetime {
    async fn run<'a, 'b: 'a>(&'a self, n: &'b u32, store: &'a Book) -> CanoResult<()> {
        store.note(&format!("{}{n}", self.0));
        Ok(())
    }
}

#[derive(Default)]
struct NodeOfOneLifetime;

#[node]
impl NodeOfOneLifetime {
    async fn prep<'a>(&'a self, n: &'a u32, store: &'a Book) -> CanoResult<u32> {
        store.note("prep");
        Ok(*n)
    }

    async fn exec<'a>(&'a self, n: &'a u32, prepared: &'a u32) -> u32 {
        n + prepared
    }

    async fn post<'a>(&'a self, n: &'a u32, sum: u32, store: &'a Book, cx: &'a Cx) -> CanoResult<()> {
        store.note(&format!("{n} of {sum} at attempt {}", cx.attempt()));
        Ok(())
    }
}

workflow! {
    #[store(Book)]
    enum Static {
        #[start] Begin = by_one_trait >> Second { n: 1, m: 2 },
        Second { n: u32, m: u32 } = match by_a_lifetime { n => Third { n } },
        Third { n: u32 } = by_two_traits() >> Fourth { n },
        Fourth { n: u32 } = by_the_lifetime_of_an_input >> Fifth { n },
        Fifth { n: u32 } = OfOneLifetime >> Sixth { n },
        Sixth { n: u32 } = NodeOfOneLifetime >> Done { n },
        #[exit] Done { n: u32 },
    }
}

#[task]
async fn by_objects(store: &(dyn Ledger + Send)) -> CanoResult<()> {
    store.note("dyn");
    Ok(())
}

#[derive(Default)]
struct ByObject;

#[task]
impl ByObject {
    async fn run(&self, store: &(dyn Ledger + Send)) -> CanoResult<()> {
        store.note("dyn in an impl");
        Ok(())
    }
}

#[derive(Default)]
struct NodeByObject;

#[node]
impl NodeByObject {
    async fn prep(&self, store: &(dyn Ledger + Send)) -> CanoResult<()> {
        store.note("dyn in prep");
        Ok(())
    }

    async fn exec(&self, (): ()) {}

    async fn post(&self, (): (), store: &(dyn Ledger + Send)) -> CanoResult<()> {
        store.note("dyn in post");
        Ok(())
    }
}

workflow! {
    #[store(dyn Ledger + Send + 'static)]
    enum Dynamic {
        #[start] Begin = by_objects >> Second,
        Second = ByObject >> Third,
        Third = NodeByObject >> Done,
        #[exit] Done,
    }
}

struct Shop<T>(T);

#[task]
async fn by_a_parameter<'a, T: AsRef<str> + Send + Sync + 'a>(store: &'a Shop<T>) -> CanoResult<usize>
where
    T: 'a + Clone,
{
    Ok(store.0.as_ref().len())
}

workflow! {
    #[store(Shop<String>)]
    enum Generic {
        #[start] Begin = match by_a_parameter { n => Done { n } },
        #[exit] Done { n: usize },
    }
}

fn assert_task_of_the_builder<T: Task<(), dyn Ledger + Send>>(_: T) {}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let book = Book::default();
    let Ok(StaticExit::Done { n }) = Static::run(&book).await else { panic!("no exit") };
    assert_eq!(n, 3);
    Dynamic::run(&book).await.expect("an exit");
    let noted = book.0.lock().unwrap().join(", ");
    assert_eq!(
        noted,
        "impl, a lifetime, impl of two, state Fourth of 3, 3, prep, 3 of 6 at attempt 1, \
         dyn, dyn in an impl, dyn in prep, dyn in post"
    );
    let Ok(GenericExit::Done { n }) = Generic::run(&Shop("four".to_owned())).await else { panic!("no exit") };
    assert_eq!(n, 4);

    assert_task_of_the_builder(by_objects {});
    assert_task_of_the_builder(ByObject);
    assert_task_of_the_builder(NodeByObject);
}
