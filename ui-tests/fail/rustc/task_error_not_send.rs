use std::rc::Rc;

use cano::prelude::*;

#[derive(Debug)]
pub struct Closed(Rc<u32>);

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Closed {}

#[task]
async fn book() -> Result<(), Closed> {
    Err(Closed(Rc::new(1)))
}

fn main() {}
