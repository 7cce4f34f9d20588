//! Every attribute of a row, over names that the expansion might use itself, where nothing of the prelude is in scope.
#![deny(warnings, clippy::pedantic)]
#![allow(clippy::unused_async, reason = "a task is an `async fn`, also one that never waits")]
#![no_implicit_prelude]

use ::cano::{CanoError, CanoResult, MemoryStore, limit::ConcurrencyLimit, task, workflow};
use ::core::result::Result::{Err, Ok};
use ::std::{convert::TryFrom, iter::Iterator, string::ToString, vec, vec::Vec};

static BANK: ConcurrencyLimit = ConcurrencyLimit::new(1);
const AT_ONCE: usize = 64;

#[task]
async fn add(n: u32, result: u32, tasks: u32) -> CanoResult<u32> {
    Ok(n + result + tasks)
}

#[task]
async fn take_back(outcome: u32, result: &u32, store: &MemoryStore) -> CanoResult<()> {
    Ok(store.append("undone", outcome + result)?)
}

#[task]
async fn one(item: &u32, r#type: u32, r#match: u32) -> CanoResult<u32> {
    Ok(item + r#type + r#match)
}

#[task]
async fn take_all_back(r#type: &[u32], store: &MemoryStore) -> CanoResult<()> {
    Ok(store.append("undone", r#type.iter().sum::<u32>())?)
}

#[task]
async fn near(call: u32) -> CanoResult<u32> {
    Err(CanoError::permanent(call.to_string()))
}

#[task]
async fn far(call: u32) -> CanoResult<u32> {
    Ok(call)
}

#[task]
async fn fails(future: &u32) -> CanoResult<()> {
    Err(CanoError::permanent(future.to_string()))
}

mod generic {
    use ::cano::{CanoResult, MemoryStore, task, workflow};
    use ::core::{
        clone::Clone,
        default::Default,
        marker::{PhantomData, Send, Sync},
        result::Result::Ok,
    };
    use ::std::vec::Vec;

    pub(crate) struct Keep<T>(PhantomData<fn(T)>);

    pub(crate) struct Forget<T>(PhantomData<fn(T)>);

    impl<T> Default for Keep<T> {
        fn default() -> Self {
            Self(PhantomData)
        }
    }

    impl<T> Default for Forget<T> {
        fn default() -> Self {
            Self(PhantomData)
        }
    }

    #[task]
    impl<T: Clone + Send + Sync + 'static> Keep<T> {
        async fn run(&self, item: &T) -> CanoResult<T> {
            Ok(item.clone())
        }
    }

    #[task]
    impl<T: Clone + Send + Sync + 'static> Forget<T> {
        async fn run(&self, items: &[T], store: &MemoryStore) -> CanoResult<()> {
            Ok(store.append("forgotten", items.len())?)
        }
    }

    #[task]
    pub(crate) async fn go_on(n: &u32) -> CanoResult<bool> {
        Ok(*n > 0)
    }

    workflow! {
        pub(crate) enum Keeping<T: Clone + Send + Sync + 'static> {
            #[start]
            #[undo(Forget::<T>(items))]
            #[limit(crate::BANK)]
            #[timeout("1s")]
            #[retry(fixed(1, "1ms"))]
            Keep { items: Vec<T>, n: u32 } = match each(Keep::<T>, over = items, limit = 2) {
                kept => Decide { kept, n },
            },
            Decide { kept: Vec<T>, n: u32 } = match go_on(n) { true => Kept { kept }, false => Empty },
            #[exit] Kept { kept: Vec<T> },
            #[exit] Empty,
        }
    }
}

#[::tokio::main(flavor = "current_thread", crate = "::tokio")]
async fn main() {
    // A table inside of a function, with all that it names.
    workflow! {
        enum Everything {
            #[start]
            #[undo(take_back(outcome, result))]
            #[limit(BANK)]
            #[timeout("1s")]
            #[retry(fixed(1, "1ms"))]
            #[catch(error if error.is_permanent() => Lost { store: cx })]
            Add { cx: u32, result: u32, tasks: u32 } = match add(cx, result, tasks) {
                outcome => Each { r#type: vec![cx, outcome], r#match: tasks, store: result },
            },
            #[undo(take_all_back(r#type))]
            #[limit(BANK)]
            #[timeout("1s")]
            #[catch(_ => Lost { store })]
            Each { r#type: Vec<u32>, r#match: u32, store: u32 } =
                match each(one(store, r#match), over = r#type, limit = AT_ONCE, partial) {
                    items => Any { call: u32::try_from(items.len()).unwrap_or(store) },
                },
            #[undo(take_back(outcome, call))]
            #[limit(BANK)]
            #[timeout("1s")]
            #[retry(none)]
            Any { call: u32 } = match any(near(call), far(call)) { timer => Fail { future: timer } },
            #[catch(error if !error.is_permanent() => Lost { store: future })]
            Fail { future: u32 } = fails(future) >> Done,
            #[exit] Done,
            #[exit] Lost { store: u32 },
        }
    }
    let store = MemoryStore::new();
    let end = Everything::run(1, 2, 3, &store).await;
    ::core::assert!(!::core::matches!(end, Ok(EverythingExit::Done | EverythingExit::Lost { store: 0.. })));
    let undone: Vec<u32> = store.get("undone").unwrap_or_default();
    ::core::assert_eq!(undone, [4, 7, 8]);

    let kept = generic::Keeping::<::std::string::String>::run(vec!["a".to_string()], 1, &store).await;
    ::core::assert!(::core::matches!(kept, Ok(generic::KeepingExit::Kept { kept }) if kept == ["a"]));
}
