use std::rc::Rc;

use cano::prelude::*;

pub struct Ask;

#[task]
impl Ask {
    async fn run(&self, n: u32) -> CanoResult<u32> {
        Ok(n)
    }
}

workflow! {
    enum Order {
        #[start] Begin { n: u32, shared: Rc<u32> } = match Ask(n) { m => Done { m, shared } },
        #[exit] Done { m: u32, shared: Rc<u32> },
    }
}

fn main() {}
