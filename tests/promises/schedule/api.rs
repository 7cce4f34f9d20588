//! What a scheduler runs: workflows of the builder and of tables, of different states and stores.

use std::{
    num::ParseIntError,
    sync::{Arc, Mutex},
};

use cano::{
    ConcurrentWorkflow,
    prelude::*,
    schedule::{Cron, RunEnd},
};

use super::{SECOND, ending, pass};
use crate::log::Log;

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
    scheduler.add("task6", shelving(), Cron::new("0 9 * * 1-5")?.in_zone("Europe/Berlin")?)?;
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

#[tokio::test(start_paused = true)]
async fn several_instances_are_one_run_of_their_schedule() -> CanoResult<()> {
    let (runs, failing) = (Log::new(), Log::new());
    let (noted, failed) = (runs.clone(), failing.clone());
    let succeeds = ending(move || {
        noted.note("ran");
        Ok(())
    });
    // The second of three fails, each time.
    let fails = move || {
        let failed = failed.clone();
        ending(move || if failed.note("ran") % 3 == 2 { Err("second".into()) } else { Ok(()) })
    };
    let scheduler = Scheduler::new();
    scheduler.every_seconds_concurrent(
        "a",
        ConcurrentWorkflow::from(succeeds),
        10,
        4,
        WaitStrategy::WaitForever,
    )?;
    scheduler.manual_concurrent("all", ConcurrentWorkflow::from(fails()), 3, WaitStrategy::WaitForever)?;
    scheduler.manual_concurrent(
        "two",
        ConcurrentWorkflow::from(fails()),
        3,
        WaitStrategy::WaitForQuota(2),
    )?;
    scheduler.cron_concurrent("table", Sweeping::workflow(), "0 0 9 * * *", 2, WaitStrategy::WaitForever)?;
    scheduler.start().await?;
    pass(15 * SECOND).await;
    let all = scheduler.trigger("all").await?.end().await;
    let two = scheduler.trigger("two").await?.end().await;
    let table = scheduler.trigger("table").await?.end().await;

    let info = scheduler.status("a").await.expect("it was added");
    assert_eq!((runs.lines().len(), info.run_count, info.successes), (8, 2, 2));
    assert!(matches!(all, RunEnd::Failed(error) if error.to_string().contains("task")));
    assert!(two.is_success() && table.is_success());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn instances_run_at_every_kind_of_time() -> CanoResult<()> {
    let wait = WaitStrategy::WaitForever;
    let several = || ConcurrentWorkflow::from(ending(|| Ok(())));
    let scheduler = Scheduler::new();
    scheduler.every_seconds_concurrent("seconds", several(), 30, 2, wait)?;
    scheduler.every_minutes_concurrent("minutes", Sweeping::workflow(), 30, 2, wait)?;
    scheduler.every_hours_concurrent("hours", several(), 1, 2, wait)?;
    scheduler.every_concurrent("often", Sweeping::workflow(), Duration::from_millis(500), 2, wait)?;
    scheduler.cron_concurrent("cron", several(), "0 * * * * *", 2, wait)?;
    scheduler.manual_concurrent("manual", several(), 2, wait)?;
    scheduler.start().await?;
    pass(SECOND).await;
    scheduler.stop_with_timeout(SECOND).await?;

    let infos = scheduler.list().await;
    let counts: Vec<_> = infos
        .iter()
        .map(|FlowInfo { id, status, run_count, last_run, .. }| {
            assert_eq!((*status == Status::Idle, *run_count == 0), (last_run.is_none(), last_run.is_none()));
            (&**id, *run_count)
        })
        .filter(|(id, _)| *id != "cron")
        .collect();
    assert_eq!(counts, [("hours", 1), ("manual", 0), ("minutes", 1), ("often", 3), ("seconds", 1)]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn several_instances_that_take_too_long_are_told_to_end_and_awaited() {
    #[task]
    async fn wait(store: &MemoryStore) -> CanoResult<()> {
        let _ = store;
        tokio::time::sleep(600 * SECOND).await;
        Ok(())
    }
    workflow! {
        enum Waiting {
            #[start] Wait = wait >> Done,
            #[exit] Done,
        }
    }
    let scheduler = Scheduler::new();
    let timed = Schedule::manual().with_timeout(SECOND);
    scheduler.add_concurrent("timed", Waiting::workflow(), timed, 3, WaitStrategy::WaitForever).unwrap();
    scheduler.manual_concurrent("long", Waiting::workflow(), 3, WaitStrategy::WaitForever).unwrap();
    scheduler.start().await.unwrap();

    let end = scheduler.trigger("timed").await.unwrap().end().await;
    assert!(matches!(end, RunEnd::Failed(CanoError::DeadlineExceeded(_))), "{end:?}");
    scheduler.trigger("long").await.unwrap();
    assert_eq!(scheduler.stop_with_timeout(SECOND).await.unwrap().cancelled, ["long"]);
}
