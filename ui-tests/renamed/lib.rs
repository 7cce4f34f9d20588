//! A crate that knows `cano` by another name, and has no other dependency than it and tokio.
#![deny(warnings)]
#![cfg(test)]
#![allow(unreachable_pub, reason = "the items are `pub` so that what the macros emit beside them is, too")]

mod inner {
    use renamed::{Cx, MemoryStore, node, task, workflow};

    const ONCE: renamed::TaskConfig = renamed::TaskConfig::minimal();

    #[task(crate = renamed, retry = ONCE)]
    async fn length(text: &str, _cx: &Cx) -> renamed::CanoResult<usize> {
        Ok(text.len())
    }

    #[derive(Default)]
    pub struct Double;

    #[node(crate = renamed, retry = exponential(2))]
    impl Double {
        async fn prep(&self, n: usize, _store: &MemoryStore) -> renamed::CanoResult<usize> {
            Ok(n)
        }
        async fn exec(&self, n: usize) -> usize {
            2 * n
        }
        async fn post(&self, n: usize) -> renamed::CanoResult<usize> {
            Ok(n)
        }
    }

    workflow! {
        #[workflow(crate = renamed)]
        pub enum Length {
            #[start]
            Measure { text: String } = match length { n => Twice { n } },
            #[retry(fixed(1, "1ms"))]
            Twice { n: usize } = match Double { n => Measured { n } },
            #[exit] Measured { n: usize },
        }
    }
}

use inner::{Length, LengthExit};

#[tokio::test]
async fn a_crate_that_renames_cano_has_workflows() {
    let LengthExit::Measured { n } = Length::run("abc".into(), &renamed::MemoryStore::new()).await.unwrap();
    assert_eq!(n, 6);
    assert_eq!(Length::TABLE.name(), "Length");
}
