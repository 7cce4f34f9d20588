//! Fields of any name; routes that change what they move; a workflow that is run again within a task.
#![deny(warnings)]

use cano::prelude::*;

#[task]
async fn page(number: u32) -> CanoResult<Option<Vec<u8>>> {
    Ok((number < 3).then(|| vec![0; number as usize]))
}

#[task]
async fn decrease(n: u32, store: &MemoryStore) -> CanoResult<bool> {
    if n > 1 {
        Box::pin(Countdown::run(n - 1, store)).await?;
    }
    Ok(true)
}

workflow! {
    enum Pages {
        #[start] Read { store: u32, data: Vec<u8> } = match page(store) {
            Some(more) => Read { store: store + 1, data: { data.extend(more); data } },
            None => Store { data },
        },
        #[exit] Store { data: Vec<u8> },
    }
}

workflow! {
    enum Countdown {
        #[start] Count { n: u32 } = match decrease { true => Exit, false => TABLE },
        #[exit] Exit,
        #[exit] TABLE,
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> CanoResult<()> {
    let PagesExit::Store { data } = Pages::run(0, Vec::new(), &MemoryStore::new()).await?;
    assert_eq!(data.len(), 3);
    assert!(matches!(Countdown::run(5, &MemoryStore::new()).await?, CountdownExit::Exit));
    Ok(())
}
