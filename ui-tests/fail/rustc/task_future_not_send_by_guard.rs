use std::sync::Mutex;

use cano::prelude::*;

#[task]
async fn book(store: &Mutex<u32>) -> CanoResult<()> {
    let mut guard = store.lock().unwrap();
    tokio::task::yield_now().await;
    *guard += 1;
    Ok(())
}

fn main() {}
