//! `#[node]` and `#[task]` on impls, with and without the traits, and in the builder.
#![deny(warnings)]

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use cano::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Double,
    Try,
    ByTrait,
    TaskByTrait,
    Free,
    Done,
}

#[derive(Default)]
pub struct Double;

#[node(retry = fixed(1, "1ms"))]
impl Double {
    async fn prep(&self, store: &MemoryStore) -> CanoResult<u32> {
        Ok(store.get("n")?)
    }

    async fn exec(&self, n: u32, cx: &Cx) -> u32 {
        n * 2 * cx.attempt()
    }

    async fn post(&self, store: &MemoryStore, doubled: u32) -> CanoResult<Step> {
        store.put("n", doubled)?;
        Ok(Step::Try)
    }
}

/// Fails twice, then falls back.
#[derive(Default)]
pub struct Try {
    prepared: AtomicU32,
    tried: AtomicU32,
}

#[node(fallible_exec, retry = fixed(1, "1ms"))]
impl Try {
    async fn prep(&self, store: &MemoryStore) -> CanoResult<String> {
        self.prepared.fetch_add(1, Relaxed);
        Ok(store.get::<u32>("n")?.to_string())
    }

    async fn exec(&self, text: &str) -> Result<u32, std::num::ParseIntError> {
        self.tried.fetch_add(1, Relaxed);
        format!("{text}x").parse()
    }

    async fn exec_fallback(&self, text: &str, error: CanoError) -> CanoResult<u32> {
        assert!(error.find::<std::num::ParseIntError>().is_some());
        Ok(text.parse::<u32>()? + 100 * self.prepared.load(Relaxed) + 1000 * self.tried.load(Relaxed))
    }

    async fn post(&self, result: u32, store: &MemoryStore) -> CanoResult<Step> {
        store.put("n", result)?;
        Ok(Step::ByTrait)
    }
}

pub struct ByTrait;

#[node(retry = none)]
impl Node<Step> for ByTrait {
    type PrepResult = ();
    type ExecResult = u32;

    async fn prep(&self, _: &MemoryStore) -> Result<(), CanoError> {
        Ok(())
    }

    async fn exec(&self, (): ()) -> u32 {
        1
    }

    async fn post(&self, store: &MemoryStore, one: u32) -> Result<Step, CanoError> {
        store.put("n", store.get::<u32>("n")? + one)?;
        Ok(Step::TaskByTrait)
    }
}

pub struct TaskByTrait;

#[task]
impl Task<Step> for TaskByTrait {
    async fn run(&self, _: &MemoryStore) -> Result<Step, CanoError> {
        Ok(Step::Free)
    }
}

#[task]
async fn free(cx: &Cx) -> CanoResult<Step> {
    assert_eq!((cx.state(), cx.task(), cx.workflow()), ("Free", "free", "Step"));
    Ok(Step::Done)
}

pub struct Length;

#[node]
impl Length {
    async fn prep(&self, text: &str, plus: usize) -> CanoResult<usize> {
        Ok(text.len() + plus)
    }

    async fn exec(&self, n: usize) -> usize {
        n + 1
    }

    async fn post(&self, text: &str, n: usize) -> CanoResult<(String, usize)> {
        Ok((text.to_owned(), n))
    }
}

workflow! {
    enum Lengths {
        #[start] Measure { text: String, plus: usize } = match Length {
            (text, 0..10) => Short { text },
            (text, n) => Long { text, n },
        },
        #[exit] Short { text: String },
        #[exit] Long { text: String, n: usize },
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> CanoResult<()> {
    let mut workflow = Workflow::new(Step::Double);
    workflow
        .register(Step::Double, Double)
        .register(Step::Try, Try::default())
        .register(Step::ByTrait, ByTrait)
        .register(Step::TaskByTrait, TaskByTrait)
        .register(Step::Free, free {})
        .add_exit_states(vec![Step::Done]);
    workflow.validate()?;
    let store = MemoryStore::new();
    store.put("n", 4_u32)?;
    assert_eq!(workflow.orchestrate(&store).await?, Step::Done);
    assert_eq!(store.get::<u32>("n")?, 8 + 100 + 2000 + 1);
    assert_eq!(Double.config().max_attempts(), 2);
    assert_eq!(ByTrait.config().max_attempts(), 1);

    let end = Lengths::with(LengthsTasks { length: Length });
    match end.orchestrate_from(Lengths::Measure { text: "123456789".into(), plus: 1 }, &store).await? {
        LengthsExit::Long { text, n } => assert_eq!((text.as_str(), n), ("123456789", 11)),
        LengthsExit::Short { text } => panic!("{text} is long"),
    }
    Ok(())
}
