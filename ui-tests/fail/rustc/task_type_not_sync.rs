use std::cell::RefCell;

use cano::prelude::*;

pub struct Counter {
    seen: RefCell<u32>,
}

#[task]
impl Counter {
    async fn run(&self, n: u32) -> CanoResult<()> {
        *self.seen.borrow_mut() += n;
        Ok(())
    }
}

#[task]
impl Counter2 {
    async fn run(&self) -> CanoResult<()> {
        *self.0.borrow_mut() += 1;
        Ok(())
    }
}

pub struct Counter2(RefCell<u32>);

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = Counter(n) >> Next,
        Next = Counter2 >> Done,
        #[exit] Done,
    }
}

fn main() {}
