use std::rc::Rc;

use cano::prelude::*;

pub struct Double;

#[node]
impl Double {
    async fn prep(&self) -> CanoResult<u32> {
        Ok(1)
    }

    async fn exec(&self, n: u32) -> Rc<u32> {
        Rc::new(n)
    }

    async fn post(&self, n: Rc<u32>, store: &MemoryStore) -> CanoResult<u32> {
        store.put("n", *n)?;
        Ok(*n)
    }
}

pub struct Triple;

#[node(fallible_exec)]
impl Triple {
    async fn prep(&self) -> CanoResult<Rc<u32>> {
        Ok(Rc::new(1))
    }

    async fn exec(&self, n: &Rc<u32>) -> CanoResult<u32> {
        Ok(**n * 3)
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

fn main() {}
