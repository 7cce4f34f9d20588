use cano::prelude::*;

#[task]
async fn tally() -> CanoResult<()> { Ok(()) }

use std::rc::Rc;

workflow! {
    enum Count {
        #[start] Begin = tally >> Done { number: Rc::new(1) },
        #[exit] Done { number: Rc<u32> },
    }
}

fn main() {
    let _ = Scheduler::new().every_seconds("count", Count::workflow(), 30);
}
