use cano::prelude::*;

pub struct Closed;

pub struct Book;

#[node(fallible_exec)]
impl Book {
    async fn prep(&self) -> CanoResult<()> {
        Ok(())
    }

    async fn exec(&self, (): ()) -> Result<(), Closed> {
        Err(Closed)
    }

    async fn post(&self, (): ()) -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
