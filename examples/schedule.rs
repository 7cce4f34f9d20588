//! Every kind of schedule in one scheduler. Two days pass at once, because the clock is paused.
//!
//! Without `start_paused` the same program runs by the wall clock.

use cano::{
    ConcurrentWorkflow,
    prelude::*,
    schedule::{Cron, Overlap},
};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Step {
    Measure,
    Done,
}

#[task]
async fn measure(store: &MemoryStore) -> CanoResult<Step> {
    store.put("degrees", 21.5)?;
    Ok(Step::Done)
}

#[task]
async fn tidy() -> CanoResult<()> {
    tokio::time::sleep(Duration::from_secs(90)).await;
    Ok(())
}

#[task]
async fn greet(name: &str, cx: &Cx) -> CanoResult<()> {
    println!("good morning, {name} (run {})", cx.run_id());
    Ok(())
}

workflow! {
    enum Tidying {
        #[start] Tidy = tidy >> Tidied,
        #[exit] Tidied,
    }
}

workflow! {
    enum Greeting {
        #[start] Greet { name: String } = greet(name) >> Greeted,
        #[exit] Greeted,
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> CanoResult<()> {
    // The builder's workflow and the tables' have different states and stores.
    let mut measuring = Workflow::new(Step::Measure);
    measuring.register(Step::Measure, measure {}).add_exit_state(Step::Done);
    let greeting = || {
        Greeting::workflow()
            .with_inputs(|slot| (Greeting::Greet { name: slot.id().to_owned() }, MemoryStore::new()))
    };

    let scheduler = Scheduler::new();
    scheduler.every_seconds("seconds", measuring.clone(), 30)?;
    scheduler.every_minutes("minutes", Tidying::workflow(), 5)?;
    scheduler.every_hours("hours", Tidying::workflow(), 6)?;
    scheduler.every("interval", measuring.clone(), Duration::from_millis(1_500))?;
    scheduler.every_after("after", Tidying::workflow(), Duration::from_secs(30))?;
    scheduler.cron("Ada", greeting(), "0 0 9 * * *")?;
    scheduler.manual("by hand", measuring.clone())?;
    let three = ConcurrentWorkflow::from(measuring);
    scheduler.every_minutes_concurrent("three", three, 10, 3, WaitStrategy::WaitForever)?;

    // These methods are short for `add`, which takes a trigger, or a schedule with rules.
    scheduler.add("Grace", greeting(), Cron::new("0 9 * * *")?.in_zone("America/New_York")?)?;
    let one_waits = Schedule::every(Duration::from_secs(60))?
        .with_overlap(Overlap::BufferOne)
        .with_timeout(Duration::from_secs(600))
        .with_backoff(Duration::from_secs(60), Duration::from_secs(3_600));
    scheduler.add("rules", Tidying::workflow(), one_waits)?;

    scheduler.start().await?;
    let end = scheduler.trigger("by hand").await?.end().await;
    assert!(end.is_success());
    tokio::time::sleep(Duration::from_secs(2 * 86_400)).await;

    println!("{:<10} {:>7} {:>8}  when", "id", "runs", "skipped");
    for info in scheduler.list().await {
        println!("{:<10} {:>7} {:>8}  {}", info.id, info.run_count, info.skipped, info.schedule);
        assert_eq!(info.failures, 0);
    }
    assert_eq!(scheduler.status("Ada").await.map(|info| info.run_count), Some(2));
    // 90 s of work and 30 s of rest.
    assert_eq!(scheduler.status("after").await.map(|info| info.run_count), Some(2 * 720));

    let report = scheduler.stop().await?;
    assert!(report.aborted.is_empty());
    Ok(())
}
