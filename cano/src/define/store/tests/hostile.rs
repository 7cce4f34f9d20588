//! Values whose own code panics or calls the store again.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;

use super::super::{KeyOf, MemoryStore};
use super::without_deadlock;

fn panics<R>(work: impl FnOnce() -> R) -> bool {
    catch_unwind(AssertUnwindSafe(work)).is_err()
}

struct PanicsOnClone;

impl Clone for PanicsOnClone {
    fn clone(&self) -> Self {
        panic!("clone")
    }
}

#[derive(Clone)]
struct PanicsOnDrop;

impl Drop for PanicsOnDrop {
    fn drop(&mut self) {
        if !thread::panicking() {
            panic!("drop");
        }
    }
}

/// Changes its own entry and reads another whenever it is cloned or dropped.
struct CallsBack {
    store: MemoryStore,
    calls: Arc<AtomicU32>,
}

impl CallsBack {
    fn call(&self) {
        self.calls.fetch_add(1, Ordering::Relaxed);
        self.store.put("other", 1).unwrap();
        let _ = self.store.get::<Vec<i32>>("value");
        let _ = self.store.append("list of others", 1);
        let _ = self.store.remove("other");
        let _ = format!("{:?} {:?}", self.store, self.store.keys());
    }
}

impl Clone for CallsBack {
    fn clone(&self) -> Self {
        self.call();
        Self { store: self.store.clone(), calls: Arc::clone(&self.calls) }
    }
}

impl Drop for CallsBack {
    fn drop(&mut self) {
        self.call();
    }
}

fn calls_back(store: &MemoryStore) -> (CallsBack, Arc<AtomicU32>) {
    let calls = Arc::default();
    (CallsBack { store: store.clone(), calls: Arc::clone(&calls) }, calls)
}

#[test]
fn a_clone_that_panics_leaves_the_value_and_the_store() {
    let store = MemoryStore::new();
    store.put("value", PanicsOnClone).unwrap();
    let held = store.get_shared::<PanicsOnClone>("value").unwrap();

    assert!(panics(|| store.get::<PanicsOnClone>("value")));
    assert!(panics(|| store.take::<PanicsOnClone>("value")));
    assert!(store.with("value", |_: &PanicsOnClone| ()).is_ok());

    drop(held);
    assert!(store.take::<PanicsOnClone>("value").is_ok());
    store.put("value", 1).unwrap();
    assert_eq!(store.get("value"), Ok(1));
}

#[test]
fn a_clone_that_panics_in_an_append_changes_nothing() {
    let store = MemoryStore::new();
    store.append("list", PanicsOnClone).unwrap();
    let held = store.get_shared::<Vec<PanicsOnClone>>("list").unwrap();

    assert!(panics(|| store.append("list", PanicsOnClone)));
    assert_eq!(store.with("list", Vec::<PanicsOnClone>::len), Ok(1));

    drop(held);
    store.append("list", PanicsOnClone).unwrap();
    assert_eq!(store.with("list", Vec::<PanicsOnClone>::len), Ok(2));
}

#[test]
fn a_drop_that_panics_does_so_after_the_change_and_spoils_nothing() {
    let store = MemoryStore::new();

    store.put("value", PanicsOnDrop).unwrap();
    assert!(panics(|| store.put("value", 1)));
    assert_eq!(store.get("value"), Ok(1));

    store.put("value", PanicsOnDrop).unwrap();
    assert!(panics(|| store.remove("value")));
    assert!(store.remove("value").is_err());

    for key in ["a", "b", "c"] {
        store.put(key, PanicsOnDrop).unwrap();
    }
    assert!(panics(|| store.clear()));
    assert_eq!(store.is_empty(), Ok(true));

    store.put("n", 1).unwrap();
    assert!(panics(|| store.append("n", PanicsOnDrop)));
    assert_eq!(store.get("n"), Ok(1));
}

#[test]
fn a_drop_that_calls_the_store_again_does_not_deadlock() {
    without_deadlock(|| {
        let store = MemoryStore::new();
        let drops: [fn(&MemoryStore); 4] = [
            |store| store.put("value", 1).unwrap(),
            |store| store.remove("value").unwrap(),
            |store| store.clear().unwrap(),
            |store| drop(store.take::<CallsBack>("value").unwrap()),
        ];
        for drop_value in drops {
            let (value, calls) = calls_back(&store);
            store.put("value", value).unwrap();
            drop_value(&store);
            assert_eq!(calls.load(Ordering::Relaxed), 1);
        }
        // An item that finds no place is dropped by `append`.
        let (item, calls) = calls_back(&store);
        store.put("n", 1).unwrap();
        assert!(store.append("n", item).is_err());
        assert_eq!(calls.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn a_clone_that_calls_the_store_again_does_not_deadlock() {
    without_deadlock(|| {
        let store = MemoryStore::new();
        let (value, calls) = calls_back(&store);
        store.put("value", value).unwrap();
        drop(store.get::<CallsBack>("value").unwrap());
        assert_eq!(calls.load(Ordering::Relaxed), 2);

        let held = store.get_shared::<CallsBack>("value").unwrap();
        drop(store.take::<CallsBack>("value").unwrap());
        drop(held);
        assert!(store.get::<CallsBack>("value").is_err());

        let (item, _) = calls_back(&store);
        store.append("list", item).unwrap();
        let held = store.get_shared::<Vec<CallsBack>>("list").unwrap();
        let (item, _) = calls_back(&store);
        store.append("list", item).unwrap();
        drop(held);
        assert_eq!(store.with("list", Vec::<CallsBack>::len), Ok(2));
        store.clear().unwrap();
    });
}

#[test]
fn a_clone_that_appends_to_its_own_list_loses_neither_item() {
    struct AppendsOnce(MemoryStore, Arc<AtomicBool>);
    impl Clone for AppendsOnce {
        fn clone(&self) -> Self {
            if !self.1.swap(true, Ordering::Relaxed) {
                self.0.append("list", self.clone()).unwrap();
            }
            Self(self.0.clone(), Arc::clone(&self.1))
        }
    }
    without_deadlock(|| {
        let store = MemoryStore::new();
        let item = || AppendsOnce(store.clone(), Arc::default());
        store.append("list", item()).unwrap();
        let held = store.get_shared::<Vec<AppendsOnce>>("list").unwrap();
        store.append("list", item()).unwrap();
        assert_eq!(store.with("list", Vec::<AppendsOnce>::len), Ok(3));
        drop(held);
        store.clear().unwrap();
    });
}

#[test]
fn a_value_that_is_put_while_take_clones_is_not_lost() {
    struct PutsSuccessor(MemoryStore, &'static str);
    impl Clone for PutsSuccessor {
        fn clone(&self) -> Self {
            self.0.put("value", Self(self.0.clone(), "successor")).unwrap();
            Self(self.0.clone(), self.1)
        }
    }
    without_deadlock(|| {
        let store = MemoryStore::new();
        store.put("value", PutsSuccessor(store.clone(), "first")).unwrap();
        let held = store.get_shared::<PutsSuccessor>("value").unwrap();
        assert_eq!(store.take::<PutsSuccessor>("value").unwrap().1, "successor");
        assert_eq!(held.1, "first");
        assert_eq!(store.is_empty(), Ok(true));
    });
}

#[test]
fn a_closure_may_change_what_it_reads() {
    without_deadlock(|| {
        let store = MemoryStore::new();
        store.put("n", 1).unwrap();
        let read = store.with("n", |n: &i32| {
            store.put("n", 2).unwrap();
            store.remove("n").unwrap();
            *n
        });
        assert_eq!(read, Ok(1));

        store.put("n", 3).unwrap();
        assert!(panics(|| store.with("n", |_: &i32| panic!("closure"))));
        assert_eq!(store.get("n"), Ok(3));
    });
}

#[test]
fn a_key_of_the_users_and_a_writer_of_the_users_run_unlocked() {
    struct CallingKey(MemoryStore);
    impl AsRef<str> for CallingKey {
        fn as_ref(&self) -> &str {
            self.0.clear().unwrap();
            "n"
        }
    }
    impl Drop for CallingKey {
        fn drop(&mut self) {
            assert_eq!(self.0.len().map(|len| len < 2), Ok(true));
        }
    }
    impl<T> KeyOf<T> for CallingKey {}

    struct CallingWriter(MemoryStore);
    impl fmt::Write for CallingWriter {
        fn write_str(&mut self, _: &str) -> fmt::Result {
            self.0.clear().map_err(|_| fmt::Error)
        }
    }

    without_deadlock(|| {
        let store = MemoryStore::new();
        let key = || CallingKey(store.clone());
        store.put(key(), 1).unwrap();
        store.append(key(), 1).unwrap();
        assert!(store.get::<i32>(key()).is_err());
        assert!(store.get_shared::<i32>(key()).is_err());
        assert!(store.take::<i32>(key()).is_err());
        assert!(store.remove(key()).is_err());

        store.put("n", 1).unwrap();
        fmt::write(&mut CallingWriter(store.clone()), format_args!("{store:?}")).unwrap();
        assert_eq!(store.is_empty(), Ok(true));
    });
}

#[test]
fn a_poisoned_lock_is_passed_over() {
    let store = MemoryStore::new();
    store.put("n", 1).unwrap();
    assert!(panics(|| {
        let _guard = store.write();
        panic!("under the lock");
    }));
    assert_eq!(store.get("n"), Ok(1));
    store.put("n", 2).unwrap();
    assert_eq!(store.get("n"), Ok(2));
}
