//! A table over any type, without bounds that nothing asks for.
#![deny(warnings)]

use std::{fmt::Debug, marker::PhantomData};

use cano::prelude::*;

#[task]
async fn show(text: &str) -> CanoResult<()> {
    println!("{text}");
    Ok(())
}

struct Keep<T>(PhantomData<fn() -> T>);

impl<T> Default for Keep<T> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

#[task]
impl<T: Debug + Send + Sync + Clone> Keep<T> {
    async fn run(&self, x: &T) -> CanoResult<Option<T>> {
        println!("{x:?}");
        Ok(Some(x.clone()))
    }
}

workflow! {
    enum Kept<T: Debug + Send + Sync + Clone> {
        #[start] Begin { x: T } = match Keep::<T>(x) {
            Some(x) => Show { x, text: "a".into() },
            None => Lost,
        },
        Show { x: T, text: String } = show(text) >> Shown { x },
        #[exit] Lost,
        #[exit] Shown { x: T },
    }
}

/// Neither asks for anything: what `T` has to be is known where a `T` is.
struct Same<T>(T);

#[task]
impl<T> Same<T> {
    async fn run(&self) -> CanoResult<()> {
        let _ = &self.0;
        Ok(())
    }
}

struct SameNode<T>(T);

#[node]
impl<T> SameNode<T> {
    async fn prep(&self, n: u32) -> CanoResult<u32> {
        let _ = &self.0;
        Ok(n)
    }

    async fn exec(&self, n: u32) -> u32 {
        n + 1
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

workflow! {
    enum Twice {
        #[start] Begin = Same::<u8> >> Next { n: 1 },
        Next { n: u32 } = match SameNode::<String>(n) { n => Done { n } },
        #[exit] Done { n: u32 },
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let twice = Twice::with(TwiceTasks { same: Same(1), same_node: SameNode("a".to_owned()) });
    let end = twice.orchestrate_from(Twice::Begin, &MemoryStore::new()).await;
    assert!(matches!(end, Ok(TwiceExit::Done { n: 2 })));
    let mut built: Workflow<()> = Workflow::new(());
    built.register((), Same("any store"));
    assert!(matches!(Kept::run(5_u8, &MemoryStore::new()).await, Ok(KeptExit::Shown { x: 5 })));
}
