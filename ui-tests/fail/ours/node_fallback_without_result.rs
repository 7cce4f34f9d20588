use cano::prelude::*;

pub struct Ask;

#[node(fallible_exec)]
impl Ask {
    async fn prep(&self) -> CanoResult<()> {
        Ok(())
    }

    async fn exec(&self, (): ()) -> CanoResult<()> {
        Ok(())
    }

    async fn exec_fallback(&self, (): (), error: CanoError) {
        println!("{error}");
    }

    async fn post(&self, (): ()) -> CanoResult<()> {
        Ok(())
    }
}

fn main() {}
