use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::super::{Key, MemoryStore, StoreError};
use super::without_deadlock;

const NAMES: Key<Vec<String>> = Key::new("names");

#[test]
fn append_to_a_missing_key_makes_a_vec() {
    let store = MemoryStore::new();
    store.append("n", 1_i32).unwrap();
    assert_eq!(store.get::<Vec<i32>>("n").unwrap(), [1]);
}

#[test]
fn append_adds_to_the_end_of_a_vec_that_was_put() {
    let store = MemoryStore::new();
    store.put("n", vec![1, 2]).unwrap();
    store.append::<i32>("n", 3).unwrap();
    assert_eq!(store.get::<Vec<i32>>("n").unwrap(), [1, 2, 3]);
}

#[test]
fn the_typed_key_of_an_append_is_that_of_the_vec() {
    let store = MemoryStore::new();
    store.append(NAMES, "ada".into()).unwrap();
    store.append("names", String::from("grace")).unwrap();
    assert_eq!(store.get(NAMES).unwrap(), ["ada", "grace"]);
}

#[test]
fn append_to_something_else_is_an_error_and_the_value_stays() {
    let store = MemoryStore::new();
    store.put("n", 7_u32).unwrap();
    store.put("list", vec![7_u32]).unwrap();

    let error = store.append("n", 1_u32).unwrap_err();
    assert_eq!(error.to_string(), "key `n` holds type `u32`, but type `Vec<u32>` was wanted");
    assert!(matches!(store.append("list", "one"), Err(StoreError::WrongType { .. })));
    assert_eq!(store.get::<u32>("n"), Ok(7));
    assert_eq!(store.get::<Vec<u32>>("list").unwrap(), [7]);
}

#[test]
fn an_append_does_not_change_what_a_reader_holds() {
    let store = MemoryStore::new();
    store.append("n", 1).unwrap();
    let held = store.get_shared::<Vec<i32>>("n").unwrap();
    store.append("n", 2).unwrap();
    assert_eq!(*held, [1]);
    assert_eq!(store.get::<Vec<i32>>("n").unwrap(), [1, 2]);
}

#[test]
fn appends_of_many_threads_lose_nothing_while_readers_hold_the_value() {
    const WRITERS: usize = 8;
    const EACH: usize = 250;
    without_deadlock(|| {
        let store = MemoryStore::new();
        let is_written = AtomicBool::new(false);
        thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let store = store.clone();
                    scope.spawn(move || {
                        for i in 0..EACH {
                            store.append("n", writer * EACH + i).unwrap();
                        }
                    })
                })
                .collect();
            for _ in 0..2 {
                scope.spawn(|| {
                    let mut held = Vec::new();
                    while !is_written.load(Ordering::Relaxed) {
                        held.extend(store.get_shared::<Vec<usize>>("n"));
                        held.drain(..held.len().saturating_sub(3));
                        thread::yield_now();
                    }
                });
            }
            let results: Vec<_> = writers.into_iter().map(|writer| writer.join()).collect();
            is_written.store(true, Ordering::Relaxed);
            assert!(results.iter().all(Result::is_ok));
        });

        let written = store.get::<Vec<usize>>("n").unwrap();
        for writer in 0..WRITERS {
            let own = written.iter().copied().filter(|n| n / EACH == writer);
            assert!(own.eq(writer * EACH..(writer + 1) * EACH), "writer {writer}: lost or out of order");
        }
        assert_eq!(written.len(), WRITERS * EACH);
    });
}

#[test]
fn of_many_takes_of_one_held_value_exactly_one_gets_it() {
    let store = MemoryStore::new();
    for round in 0..100 {
        store.put("n", vec![round]).unwrap();
        let reader = store.get_shared::<Vec<i32>>("n").unwrap();
        let takers: Vec<_> = (0..4)
            .map(|_| {
                let store = store.clone();
                thread::spawn(move || store.take::<Vec<i32>>("n").is_ok())
            })
            .collect();
        let taken = takers.into_iter().map(|taker| taker.join().unwrap());
        assert_eq!(taken.filter(|is_taken| *is_taken).count(), 1);
        assert_eq!(*reader, [round]);
    }
}
