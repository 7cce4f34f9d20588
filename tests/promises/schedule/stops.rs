//! Several who stop one scheduler.

use std::{future::Future, pin::pin, task::Context, task::Waker};

use cano::{
    prelude::*,
    schedule::{RunEnd, SchedulerError},
};
use tokio::{join, time::Instant};

use super::{SECOND, noting, pass};
use crate::log::Log;

#[tokio::test(start_paused = true)]
async fn several_stops_are_one_with_one_report_and_the_shortest_patience() {
    let scheduler = Scheduler::new();
    scheduler.manual("long", noting(&Log::new(), 600 * SECOND)).unwrap();
    scheduler.start().await.unwrap();
    let run = scheduler.trigger("long").await.unwrap();
    pass(Duration::ZERO).await;
    let began = Instant::now();

    let (patient, hasty) = join!(scheduler.stop(), scheduler.stop_with_timeout(3 * SECOND));

    assert_eq!(began.elapsed().as_secs(), 3);
    let report = patient.unwrap();
    assert_eq!(report.cancelled, ["long"]);
    assert_eq!(report, hasty.unwrap());
    assert!(matches!(run.end().await, RunEnd::Cancelled));
    assert!(matches!(scheduler.stop().await, Err(SchedulerError::NotRunning)));
}

#[tokio::test(start_paused = true)]
async fn who_awaits_a_stop_and_looks_late_has_its_report_and_not_that_of_the_next() {
    let scheduler = Scheduler::new();
    scheduler.manual("first", noting(&Log::new(), SECOND)).unwrap();
    scheduler.manual("second", noting(&Log::new(), 600 * SECOND)).unwrap();
    scheduler.start().await.unwrap();
    scheduler.trigger("first").await.unwrap();
    let mut late = pin!(scheduler.stop());
    assert!(late.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(scheduler.stop().await.unwrap().completed, ["first"]);

    scheduler.start().await.unwrap();
    scheduler.trigger("second").await.unwrap();
    pass(SECOND).await;
    let report = scheduler.stop_with_timeout(SECOND).await.unwrap();
    assert_eq!(report.cancelled, ["second"]);

    assert_eq!(late.await.unwrap().completed, ["first"]);
}

#[tokio::test(start_paused = true)]
async fn who_awaits_a_stop_and_looks_late_stops_no_later_start() {
    let log = Log::new();
    let scheduler = Scheduler::new();
    scheduler.every_seconds("job", noting(&log, Duration::ZERO), 10).unwrap();
    scheduler.start().await.unwrap();
    let mut late = pin!(scheduler.stop());
    assert!(late.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    scheduler.stop().await.unwrap();
    scheduler.start().await.unwrap();

    late.await.unwrap();

    pass(35 * SECOND).await;
    assert_eq!(log.times().len(), 4);
}
