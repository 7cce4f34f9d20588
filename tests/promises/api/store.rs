//! Every call on a `MemoryStore`.

use cano::prelude::*;

fn fill() -> CanoResult<MemoryStore> {
    let store = MemoryStore::new();
    store.put("count", 3_u32)?;
    store.put(String::from("name"), "ada".to_string())?;
    store.append("tags", "new")?;
    store.append("tags", "paid")?;
    Ok(store)
}

#[test]
fn what_was_put_and_appended_is_got_again() -> CanoResult<()> {
    let store = fill()?;
    assert_eq!(store.get::<u32>("count")?, 3);
    let name: String = store.get("name")?;
    assert_eq!(name, "ada");
    assert_eq!(store.get::<Vec<&str>>("tags")?, ["new", "paid"]);
    Ok(())
}

#[test]
fn what_was_removed_is_gone_and_the_rest_is_there() -> CanoResult<()> {
    let store = fill()?;
    store.remove("count")?;
    assert!(matches!(store.get::<u32>("count"), Err(StoreError::NotFound { key }) if key == "count"));
    let mut keys = store.keys()?;
    keys.sort();
    assert_eq!(keys, ["name", "tags"]);
    assert_eq!((store.len()?, store.is_empty()?), (2, false));
    Ok(())
}

#[test]
fn a_cleared_store_is_empty() -> CanoResult<()> {
    let store = fill()?;
    store.clear()?;
    assert_eq!((store.len()?, store.is_empty()?), (0, true));
    assert!(store.keys()?.is_empty());
    Ok(())
}

#[test]
fn clones_of_a_store_share_the_data() -> CanoResult<()> {
    let store = fill()?;
    let clone = store.clone();
    clone.put("count", 4_u32)?;
    store.remove("name")?;
    assert_eq!(store.get::<u32>("count")?, 4);
    assert!(clone.get::<String>("name").is_err());
    Ok(())
}

#[test]
fn a_value_of_another_type_is_named_and_kept() -> CanoResult<()> {
    let store = fill()?;
    let error = CanoError::from(store.get::<String>("count").unwrap_err());
    assert_eq!(error.to_string(), "key `count` holds type `u32`, but type `String` was wanted");
    assert!(store.append("count", 1_u32).is_err());
    assert!(store.remove("nothing").is_err());
    assert_eq!(store.get::<u32>("count")?, 3);
    Ok(())
}
