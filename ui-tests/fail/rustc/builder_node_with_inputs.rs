use cano::prelude::*;

pub struct Length;

#[node]
impl Length {
    async fn prep(&self, text: &str) -> CanoResult<usize> {
        Ok(text.len())
    }

    async fn exec(&self, n: usize) -> usize {
        n + 1
    }

    async fn post(&self, n: usize) -> CanoResult<usize> {
        Ok(n)
    }
}

fn build() {
    Workflow::<usize>::new(0).register(0, Length);
}

fn main() {}
