mod tasks {
    use cano::prelude::*;

    #[task]
    async fn go() -> CanoResult<()> {
        Ok(())
    }
}

use cano::prelude::*;

workflow! {
    enum Order {
        #[start] Begin = tasks::go >> Done,
        #[exit] Done,
    }
}

fn main() {}
