use std::rc::Rc;

use cano::prelude::*;

pub struct Double;

#[node]
impl Double {
    async fn prep(&self) -> CanoResult<Rc<u32>> {
        Ok(Rc::new(1))
    }

    async fn exec(&self, n: Rc<u32>) -> u32 {
        *n * 2
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

fn main() {}
