use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::super::{Key, MemoryStore, StoreError};

const COUNT: Key<u32> = Key::new("count");

fn not_found(key: &str) -> StoreError {
    StoreError::NotFound { key: key.into() }
}

#[test]
fn a_missing_key_is_an_error_that_names_it() {
    let store = MemoryStore::new();

    assert_eq!(store.get::<u32>("n"), Err(not_found("n")));
    assert_eq!(store.get_shared::<u32>("n"), Err(not_found("n")));
    assert_eq!(store.with("n", |n: &u32| *n), Err(not_found("n")));
    assert_eq!(store.take::<u32>("n"), Err(not_found("n")));
    assert_eq!(store.remove("n"), Err(not_found("n")));
    assert_eq!(not_found("n").to_string(), "nothing is stored under key `n`");
}

#[test]
fn a_value_of_another_type_is_an_error_that_names_both_types_and_it_stays() {
    let store = MemoryStore::new();
    store.put("names", vec![String::from("ada")]).unwrap();

    for error in [
        store.get::<u32>("names").unwrap_err(),
        store.get_shared::<u32>("names").unwrap_err(),
        store.with("names", |n: &u32| *n).unwrap_err(),
        store.take::<u32>("names").unwrap_err(),
    ] {
        let StoreError::WrongType { key, wanted, stored } = &error else { panic!("{error}") };
        assert_eq!(
            (key.as_str(), *wanted, *stored),
            ("names", "u32", "alloc::vec::Vec<alloc::string::String>")
        );
        assert_eq!(error.to_string(), "key `names` holds type `Vec<String>`, but type `u32` was wanted");
    }
    assert_eq!(store.get::<Vec<String>>("names").unwrap(), ["ada"]);
}

#[test]
fn put_replaces_a_value_of_whatever_type() {
    let store = MemoryStore::new();
    store.put("n", 1_u32).unwrap();
    store.put("n", "one").unwrap();
    assert_eq!(store.get::<&str>("n"), Ok("one"));
    assert_eq!(store.len(), Ok(1));
}

#[test]
fn clones_share_the_data_and_new_stores_share_nothing() {
    let store = MemoryStore::new();
    store.clone().put(COUNT, 3).unwrap();
    assert_eq!(store.get(COUNT), Ok(3));
    assert_eq!(MemoryStore::default().is_empty(), Ok(true));
}

#[test]
fn a_large_value_is_read_without_a_clone() {
    struct Unclonable([u8; 3]);
    let store = MemoryStore::new();
    store.put("image", Unclonable([1, 2, 3])).unwrap();

    let first = store.get_shared::<Unclonable>("image").unwrap();
    let second = store.get_shared::<Unclonable>("image").unwrap();
    assert!(Arc::ptr_eq(&first, &second));
    assert_eq!(store.with::<Unclonable, _>("image", |image| image.0.len()), Ok(3));
}

#[test]
fn a_shared_value_outlives_its_removal() {
    let store = MemoryStore::new();
    store.put(COUNT, 3).unwrap();
    let shared = store.get_shared(COUNT).unwrap();
    store.put(COUNT, 4).unwrap();
    store.clear().unwrap();
    assert_eq!(*shared, 3);
}

#[test]
fn take_moves_the_value_out_and_clones_it_only_for_a_reader() {
    #[derive(Debug)]
    struct Counted(u32);
    impl Clone for Counted {
        fn clone(&self) -> Self {
            Self(self.0 + 1)
        }
    }
    let store = MemoryStore::new();

    store.put("n", Counted(0)).unwrap();
    assert_eq!(store.take::<Counted>("n").unwrap().0, 0);

    store.put("n", Counted(0)).unwrap();
    let reader = store.get_shared::<Counted>("n").unwrap();
    assert_eq!(store.take::<Counted>("n").unwrap().0, 1);
    assert_eq!(reader.0, 0);
    assert_eq!(store.is_empty(), Ok(true));
}

#[test]
fn every_kind_of_string_is_a_key() {
    let store = MemoryStore::new();
    let owned = String::from("n");
    store.put(&owned, 1_i32).unwrap();

    assert_eq!(store.get::<i32>("n"), Ok(1));
    assert_eq!(store.get::<i32>(owned.clone()), Ok(1));
    assert_eq!(store.get::<i32>(&owned), Ok(1));
    assert_eq!(store.get::<i32>(Cow::Borrowed("n")), Ok(1));
    assert_eq!(store.get::<i32>(&Arc::<str>::from("n")), Ok(1));
    for key in &store.keys().unwrap() {
        assert_eq!(store.get::<i32>(key), Ok(1));
    }
    let found = store.keys().unwrap().iter().filter(|key| store.get::<i32>(key).is_ok()).count();
    assert_eq!(found, 1);
    let inferred: i32 = store.get("n").unwrap();
    assert_eq!(inferred, 1);
    assert_eq!(store.remove(&owned), Ok(()));
}

#[test]
fn a_typed_key_declares_name_and_type_once() {
    const PRICES: Key<HashMap<String, u64>> = Key::new("prices");
    let store = MemoryStore::new();
    store.put(COUNT, 3).unwrap();
    store.put(PRICES, HashMap::new()).unwrap();

    assert_eq!(store.get(COUNT).unwrap().pow(2), 9);
    for key in &[COUNT, Key::new(COUNT.name())] {
        assert_eq!(store.get(key), Ok(3));
    }
    assert_eq!(store.get::<u32>(COUNT.name()), Ok(3));
    assert_eq!(store.with(PRICES, HashMap::len), Ok(0));
    assert_eq!(format!("{PRICES:?}"), "Key<HashMap<String, u64>>(\"prices\")");
    assert_eq!(store.remove(COUNT), Ok(()));
    assert_eq!(store.take(COUNT), Err(not_found("count")));
}

#[test]
fn keys_are_sorted_and_clear_removes_them() {
    let store = MemoryStore::new();
    for key in ["b", "c", "a"] {
        store.put(key, ()).unwrap();
    }
    assert_eq!(store.keys().unwrap(), ["a", "b", "c"]);
    store.clear().unwrap();
    assert_eq!(store.keys().unwrap(), [""; 0]);
}

#[test]
fn debug_shows_keys_and_types_but_no_values() {
    let store = MemoryStore::new();
    store.put("token", String::from("secret")).unwrap();
    store.put("ids", vec![7_u64]).unwrap();
    assert_eq!(format!("{store:?}"), r#"MemoryStore {"ids": Vec<u64>, "token": String}"#);
}

#[test]
fn the_store_crosses_threads_and_unwinding() {
    fn is_task_data<T: Send + Sync + std::panic::UnwindSafe + 'static>() {}
    is_task_data::<MemoryStore>();
    is_task_data::<StoreError>();
    is_task_data::<Key<std::rc::Rc<()>>>();
}
