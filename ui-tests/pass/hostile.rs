//! Names of the user's that are those of the standard library, and names that are keywords.
#![deny(warnings)]
#![no_implicit_prelude]
#![allow(dead_code, non_camel_case_types)]

mod core {}
mod std {}
mod cano {}
struct Result;
struct Option;
struct Ok;
struct Err;
struct Some;
struct None;
struct Box;
struct Send;
struct Sync;
struct Future;
struct Clone;
struct Default;
struct String;
struct u32_;

use ::cano::{CanoResult, MemoryStore, node, task, workflow};

enum Outcome {
    r#As,
    Type(u32),
}

type Done<T> = ::core::result::Result<T, ::cano::CanoError>;

#[task(retry = exponential(3, jitter = 0.5))]
async fn r#match(r#type: &u32, store: &MemoryStore) -> Done<Outcome> {
    let _ = store;
    ::core::result::Result::Ok(if *r#type > 1 { Outcome::Type(*r#type) } else { Outcome::r#As })
}

struct Größe;

impl ::core::default::Default for Größe {
    fn default() -> Self {
        Größe
    }
}

#[node]
impl Größe {
    async fn prep(&self, r#type: u32) -> CanoResult<u32> {
        ::core::result::Result::Ok(r#type)
    }
    async fn exec(&self, n: u32) -> u32 {
        n
    }
    async fn post(&self, n: u32) -> CanoResult<()> {
        let _ = n;
        ::core::result::Result::Ok(())
    }
}

workflow! {
    enum Flow {
        #[start]
        #[catch(error => Failed { r#type, text: ::std::string::ToString::to_string(&error) })]
        Self_ { r#type: u32 } = match r#match(r#type) {
            As => Änderung { r#type },
            Type(r#type) => End { r#type },
        },
        #[retry(none)]
        Änderung { r#type: u32 } = Größe >> End { r#type },
        #[exit] End { r#type: u32 },
        #[exit] Failed { r#type: u32, text: ::std::string::String },
    }
}

#[::tokio::main(flavor = "current_thread", crate = "::tokio")]
async fn main() {
    let end = Flow::run(1, &MemoryStore::new()).await;
    ::core::assert!(::core::matches!(end, ::core::result::Result::Ok(FlowExit::End { r#type: 1 })));
}
