use cano::prelude::*;

pub trait Backend: Send + Sync + 'static {}

pub struct Bank<B>(B);

#[task]
async fn pay<B: Backend>(_store: &Bank<B>) -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[store(Bank<B>)]
    pub enum Order<B: Send + Sync> {
        #[start] Begin = pay >> Done,
        #[exit] Done,
    }
}

fn main() {}
