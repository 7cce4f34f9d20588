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

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert!(matches!(Kept::run(5_u8, &MemoryStore::new()).await, Ok(KeptExit::Shown { x: 5 })));
}
