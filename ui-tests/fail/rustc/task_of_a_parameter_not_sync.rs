use std::rc::Rc;

use cano::prelude::*;

#[derive(Default)]
pub struct Keep<T>(T);

#[task]
impl<T: Default> Keep<T> {
    async fn run(&self) -> CanoResult<()> {
        let _ = &self.0;
        Ok(())
    }
}

workflow! {
    enum Order {
        #[start] Begin = Keep::<u32> >> Next,
        #[exit] Next,
    }
}

workflow! {
    enum Other {
        #[start] Begin = Keep::<Rc<u32>> >> Next,
        #[exit] Next,
    }
}

fn main() {}
