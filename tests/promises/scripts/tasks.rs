//! What plays a script.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use cano::{
    limit::{Admission, Limit, Permit},
    prelude::*,
};
use tokio::{task::yield_now, time::sleep};

use super::script::{Part, Script, Seen, Trouble, Way};
use crate::log::{Busy, Log};

/// Lets an attempt wait, as [`gate`] says, and refuses some.
pub(super) struct Gate {
    /// One without a size would be asked twice.
    _size: u8,
}

pub(super) static GATE: Gate = Gate { _size: 0 };

impl Limit for Gate {
    fn acquire<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
        let (wait, is_open) = gate(visit(cx), cx.attempt());
        let admitted =
            move || if is_open { Ok(Permit::none()) } else { Err(CanoError::task_execution(Busy(0))) };
        if wait == 0 {
            return Admission::now(admitted());
        }
        Admission::later(async move {
            sleep(Duration::from_millis(wait)).await;
            admitted()
        })
    }
}

/// How long an attempt waits at the gate, in milliseconds, and whether it is admitted then.
pub(super) fn gate(visit: u64, attempt: u32) -> (u64, bool) {
    let n = visit * 3 + u64::from(attempt);
    (if n.is_multiple_of(4) { n % 5 * 1_900 } else { 0 }, !n.is_multiple_of(13))
}

/// The number of the transition that entered the state, from the key.
fn visit(cx: &Cx) -> u64 {
    let (key, prefix) = (cx.idempotency_key(), format!("{}-{}-", cx.run_id(), cx.state()));
    let place = key.strip_prefix(&prefix).expect("the key begins with the run and the state");
    let visit = place.split('-').next().and_then(|visit| visit.parse().ok());
    visit.expect("a key is of one visit")
}

/// The store of a run.
#[derive(Clone, Debug)]
pub(super) struct Play {
    pub(super) script: Script,
    pub(super) log: Log,
    /// What was done, by its key.
    keys: Arc<Mutex<HashSet<String>>>,
}

impl Play {
    pub(super) fn of(script: &Script) -> Self {
        Self { script: script.clone(), log: Log::new(), keys: Arc::default() }
    }

    /// Whether no part had this key before.
    fn is_new(&self, key: String) -> bool {
        self.keys.lock().expect("nothing panics under this lock").insert(key)
    }

    pub(super) async fn part(&self, cx: &Cx, part: Part) -> CanoResult<Way> {
        let (visit, key) = (visit(cx), cx.idempotency_key());
        let place = key.split_once('-').map(|(_, place)| place.replace("-undo", "")).expect("of a run");
        self.log.note(line(&place, cx.attempt(), part));
        assert!(self.is_new(format!("{key} {} {part:?}", cx.attempt())), "{key}");
        let action = self.script.action(visit, cx.attempt(), part);
        for wait in action.waits {
            match wait {
                0 => yield_now().await,
                millis => sleep(Duration::from_millis(millis)).await,
            }
        }
        match action.end {
            Ok(()) => Ok(self.script.way(visit)),
            Err(Trouble::Fails) => Err(CanoError::task_execution(Busy(0))),
            Err(Trouble::FailsForGood) => Err(CanoError::permanent(Busy(0))),
            Err(Trouble::Panics) => panic!("a bug"),
        }
    }

    /// What was seen of the run that came to this end.
    pub(super) fn seen(&self, end: Result<String, CanoError>) -> Seen {
        assert_eq!(Arc::strong_count(&self.keys), 1, "what `prep` yielded is gone");
        let lines = self.log.lines().into_iter().zip(self.log.times());
        let lines = lines.map(|(line, at)| format!("{} {line}", at.as_millis())).collect();
        (lines, end.unwrap_or_else(|error| told(&error)))
    }
}

fn told(error: &CanoError) -> String {
    match error {
        CanoError::Task(task) => {
            let place = task.place().expect("it has a place");
            format!("{} failed in attempt {}", place.state(), task.attempts())
        }
        CanoError::AttemptTimeout(late) => {
            assert_eq!(late.elapsed(), late.timeout());
            format!("{} timed out in attempt {}", late.place().state(), late.attempt())
        }
        CanoError::DeadlineExceeded(late) => {
            format!("{} ended in attempt {}", late.place().state(), late.attempt())
        }
        CanoError::Panicked(panic) => {
            format!("{} panicked in attempt {}", panic.place().state(), panic.attempt())
        }
        CanoError::Cancelled(late) => {
            format!("{} ended in attempt {}", late.place().state(), late.attempt())
        }
        CanoError::NotUndone(left) => {
            let failures: Vec<_> = left.failures().iter().map(told).collect();
            format!("{}; {}", told(left.cause()), failures.join(", "))
        }
        other => format!("{other:#}"),
    }
}

pub(super) fn line(place: &str, attempt: u32, part: Part) -> String {
    format!("{place}, attempt {attempt}: {part:?}")
}

#[task(retry = fixed(2, "1s"), timeout = "5001ms")]
pub(super) async fn plain(store: &Play, cx: &Cx) -> CanoResult<Way> {
    store.part(cx, Part::Run).await
}

/// As `plain` in a row with this timeout.
#[task(retry = fixed(2, "1s"), timeout = "3001ms")]
pub(super) async fn brisk(store: &Play, cx: &Cx) -> CanoResult<Way> {
    store.part(cx, Part::Run).await
}

#[task(retry = fixed(2, "1s"), timeout = "3001ms", limit = GATE)]
pub(super) async fn gated(store: &Play, cx: &Cx) -> CanoResult<Way> {
    store.part(cx, Part::Run).await
}

#[task(retry = fixed(1, "3s"))]
pub(super) async fn patient(store: &Play, cx: &Cx) -> CanoResult<Way> {
    store.part(cx, Part::Run).await
}

#[task(retry = fixed(1, "1s"), timeout = "2001ms")]
pub(super) async fn undo(store: &Play, cx: &Cx) -> CanoResult<()> {
    store.part(cx, Part::Undo).await.map(drop)
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Falling;

#[node(fallible_exec, retry = fixed(2, "2s"), timeout = "4101ms")]
impl Falling {
    async fn prep(&self, store: &Play, cx: &Cx) -> CanoResult<Play> {
        store.part(cx, Part::Prep).await?;
        Ok(store.clone())
    }

    async fn exec(&self, prepared: &Play, cx: &Cx) -> CanoResult<Way> {
        prepared.part(cx, Part::Exec).await
    }

    async fn exec_fallback(&self, prepared: Play, _: CanoError, cx: &Cx) -> CanoResult<Way> {
        prepared.part(cx, Part::Fallback).await
    }

    async fn post(&self, way: Way, store: &Play, cx: &Cx) -> CanoResult<Way> {
        store.part(cx, Part::Post).await.map(|_| way)
    }
}

#[task]
pub(super) async fn pass() -> CanoResult<()> {
    Ok(())
}
