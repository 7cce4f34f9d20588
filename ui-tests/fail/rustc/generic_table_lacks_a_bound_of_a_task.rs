use std::marker::PhantomData;

use cano::prelude::*;

#[derive(Default)]
struct Keep<T>(PhantomData<T>);

#[task]
impl<T: Clone + Send + Sync + 'static> Keep<T> {
    async fn run(&self, n: &T) -> CanoResult<T> {
        Ok(n.clone())
    }
}

workflow! {
    enum Kept<T: Send + Sync + 'static> {
        #[start]
        Begin { n: T } = match Keep::<T>(n) { m => Done { m } },
        #[exit]
        Done { m: T },
    }
}

fn main() {}
