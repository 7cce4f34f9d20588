mod tasks {
    use cano::prelude::*;

    #[task]
    pub async fn ask(n: &u32) -> u32 {
        *n
    }

    #[derive(Default)]
    pub struct Keep;

    #[task]
    impl Keep {
        pub async fn runs(&self, n: &u32) -> CanoResult<u32> {
            Ok(*n)
        }
    }
}

use cano::prelude::*;
use tasks::*;

workflow! {
    enum Check {
        #[start]
        Ask { n: u32 } = match ask(n) { Yes { m } => Keep { m }, No => Done },
        Keep { m: u32 } = match tasks::Keep(m) { Kept { m } => Keep { m }, Full => Done },
        #[exit]
        Done,
    }
}

fn main() {}
