//! `update`: a change that no other change is lost by.

use std::sync::{Arc, Barrier};
use std::thread;

use crate::{Key, MemoryStore, StoreError};

#[test]
fn update_of_a_missing_key_begins_with_the_default() {
    const SEEN: Key<u32> = Key::new("seen");
    let store = MemoryStore::new();
    assert_eq!(
        store.update(SEEN, |n| {
            *n += 1;
            *n
        }),
        Ok(1)
    );
    assert_eq!(store.get(SEEN), Ok(1));
}

#[test]
fn update_of_something_else_is_an_error_and_the_value_stays() {
    let store = MemoryStore::new();
    store.put("n", 1_u64).unwrap();
    let error = store.update("n", |n: &mut u32| *n += 1).unwrap_err();
    assert!(matches!(error, StoreError::WrongType { .. }));
    assert_eq!(store.get::<u64>("n"), Ok(1));
}

#[test]
fn an_update_does_not_change_what_a_reader_holds() {
    let store = MemoryStore::new();
    store.put("n", 1).unwrap();
    let held = store.get_shared::<i32>("n").unwrap();
    store.update("n", |n: &mut i32| *n += 1).unwrap();
    assert_eq!((*held, store.get::<i32>("n")), (1, Ok(2)));
}

#[test]
fn a_change_meanwhile_is_not_lost_and_the_closure_is_called_again() {
    let store = MemoryStore::new();
    let mut calls = 0;
    store
        .update("n", |n: &mut i32| {
            calls += 1;
            if calls == 1 {
                store.update("n", |n: &mut i32| *n += 10).unwrap();
            }
            *n += 1;
        })
        .unwrap();
    assert_eq!((calls, store.get::<i32>("n")), (2, Ok(11)));
}

#[test]
fn a_closure_that_panics_changes_nothing() {
    let store = MemoryStore::new();
    store.put("n", 1).unwrap();
    let panics = || {
        store.update("n", |n: &mut i32| {
            if *n == 1 {
                panic!("no")
            }
        })
    };
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics)).is_err());
    assert_eq!(store.get::<i32>("n"), Ok(1));
    store.update("n", |n: &mut i32| *n = 2).unwrap();
    assert_eq!(store.get::<i32>("n"), Ok(2));
}

#[test]
fn updates_of_many_threads_lose_nothing() {
    const THREADS: u64 = 4;
    const EACH: u64 = 500;
    let (store, begin) = (MemoryStore::new(), Arc::new(Barrier::new(4)));
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                begin.wait();
                for _ in 0..EACH {
                    store.update("n", |n: &mut u64| *n += 1).unwrap();
                }
            });
        }
    });
    assert_eq!(store.get::<u64>("n"), Ok(THREADS * EACH));
}
