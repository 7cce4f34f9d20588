//! What a scheduler runs: workflows of the builder and of tables, of different states and stores.

use std::{
    num::ParseIntError,
    sync::{Arc, Mutex},
};

use cano::{prelude::*, schedule::Cron};

use super::{SECOND, ending, pass};

#[derive(Default)]
struct Shelf {
    books: Mutex<Vec<String>>,
}

#[task]
async fn sweep(store: &MemoryStore) -> Result<(), StoreError> {
    store.put("clean", true)
}

#[task]
async fn shelve(title: &str, store: &Shelf) -> Result<usize, ParseIntError> {
    let mut books = store.books.lock().expect("nothing panics under this lock");
    books.push(title.to_owned());
    Ok(books.len())
}

workflow! {
    enum Sweeping {
        #[start] Sweep = sweep >> Clean,
        #[exit] Clean,
    }
}

workflow! {
    #[store(Shelf)]
    enum Shelving {
        #[start] Shelve { title: String } = match shelve(title) {
            _ => Done,
        },
        #[exit] Done,
    }
}

#[tokio::test(start_paused = true)]
async fn one_scheduler_runs_tables_and_builders_of_different_states_and_stores() -> CanoResult<()> {
    let shelf = Arc::new(Shelf::default());
    let lent = Arc::clone(&shelf);
    let shelving = move || {
        let lent = Arc::clone(&lent);
        Shelving::workflow()
            .with_inputs(move |slot| (Shelving::Shelve { title: slot.id().to_owned() }, Arc::clone(&lent)))
    };
    let scheduler = Scheduler::new();
    scheduler.every_seconds("task1", Sweeping::workflow(), 30)?;
    scheduler.every_minutes("task2", ending(|| Ok(())), 5)?;
    scheduler.every_hours("task3", shelving(), 2)?;
    scheduler.every(
        "task4",
        ending(|| Ok(())).with_store(|_| MemoryStore::new()),
        Duration::from_millis(500),
    )?;
    scheduler.cron("task5", Sweeping::workflow(), "0 0 9 * * *")?;
    scheduler.add("task6", Cron::new("0 9 * * 1-5")?.in_zone("Europe/Berlin")?, shelving())?;
    scheduler.manual("task7", shelving())?;

    scheduler.start().await?;
    scheduler.trigger("task7").await?;
    pass(SECOND).await;
    let info: Option<FlowInfo> = scheduler.status("task7").await;
    scheduler.stop().await?;

    let info = info.expect("it was added");
    assert_eq!((&*info.id, info.status, info.run_count), ("task7", Status::Completed, 1));
    assert!(info.last_run.is_some());
    assert_eq!(*shelf.books.lock().unwrap(), ["task7", "task3"]);
    let counts: Vec<_> = scheduler.list().await.into_iter().map(|info| (info.id, info.run_count)).collect();
    let counts: Vec<_> = counts.iter().map(|(id, count)| (&**id, *count)).collect();
    assert_eq!(
        counts,
        [("task1", 1), ("task2", 1), ("task3", 1), ("task4", 3), ("task5", 0), ("task6", 0), ("task7", 1)]
    );
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn each_run_has_a_store_of_its_own() {
    #[task]
    async fn count(store: &MemoryStore) -> CanoResult<()> {
        store.append("runs", 1_u32)?;
        let runs = store.get::<Vec<u32>>("runs")?;
        if runs.len() == 1 { Ok(()) } else { Err(CanoError::task_execution("somebody was here")) }
    }
    workflow! {
        enum Counting {
            #[start] Count = count >> Done,
            #[exit] Done,
        }
    }
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", Counting::workflow(), 1).unwrap();
    scheduler.start().await.unwrap();
    pass(5 * SECOND).await;
    assert_eq!(scheduler.status("job").await.unwrap().successes, 6);
}

#[tokio::test(start_paused = true)]
async fn an_error_of_the_scheduler_is_found_in_the_error_that_it_becomes() {
    fn register(scheduler: &Scheduler) -> CanoResult<()> {
        scheduler.cron("job", Sweeping::workflow(), "0 0 25 * * *")?;
        Ok(())
    }
    let error = register(&Scheduler::new()).unwrap_err();
    assert!(error.find::<cano::schedule::CronError>().is_some());
    assert!(error.to_string().contains("hour `25`"), "{error}");
}
