use super::super::{MemoryStore, Provides};

struct Shop {
    data: MemoryStore,
    name: String,
}

impl Provides<MemoryStore> for Shop {
    fn provide(&self) -> &MemoryStore {
        &self.data
    }
}

impl Provides<str> for Shop {
    fn provide(&self) -> &str {
        &self.name
    }
}

fn count(store: &impl Provides<MemoryStore>) -> u32 {
    store.provide().get("count").unwrap()
}

#[test]
fn a_task_finds_its_store_in_itself_and_in_a_larger_one() {
    let shop = Shop { data: MemoryStore::new(), name: "books".into() };
    shop.data.put("count", 3_u32).unwrap();

    assert_eq!(count(&shop), 3);
    assert_eq!(count(&shop.data), 3);
    let name: &str = shop.provide();
    assert_eq!(name, "books");
}
