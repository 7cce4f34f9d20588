use std::rc::Rc;

use cano::prelude::*;

pub struct Ask(Rc<u32>);

#[node]
impl Ask {
    async fn prep(&self) -> CanoResult<u32> {
        Ok(*self.0)
    }

    async fn exec(&self, n: u32) -> u32 {
        n
    }

    async fn post(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

workflow! {
    enum Order {
        #[start] Begin = match Ask { m => Done { m } },
        #[exit] Done { m: u32 },
    }
}

fn main() {}
