use cano::prelude::*;

#[derive(Default)]
pub struct Print;

#[node]
impl Print {
    async fn prep(&self, text: &str, copies: u32) -> CanoResult<String> {
        Ok(text.repeat(copies as usize))
    }
    async fn exec(&self, text: String) -> usize {
        text.len()
    }
    async fn post(&self, _printed: usize) -> CanoResult<()> {
        Ok(())
    }
}

workflow! {
    enum Order {
        #[start] Begin { text: String } = Print(text) >> Done,
        #[exit] Done,
    }
}

fn main() {}
