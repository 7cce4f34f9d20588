#![deny(unused_imports)]

mod tasks {
    use cano::{limit::ConcurrencyLimit, prelude::*};

    pub static BANK: ConcurrencyLimit = ConcurrencyLimit::new(3);

    pub const POLICY: TaskConfig = TaskConfig::minimal();

    #[task]
    pub async fn ask(n: u32) -> CanoResult<u32> {
        Ok(n)
    }

    #[task]
    pub async fn forget(n: u32) -> CanoResult<()> {
        println!("{n}");
        Ok(())
    }
}

mod table {
    use cano::prelude::*;

    use crate::tasks::{BANK, POLICY, ask, forget};

    workflow! {
        pub enum Order {
            #[start]
            #[undo(forget(n))]
            #[limit(BANK)]
            #[retry(POLICY)]
            Begin { n: u32 } = match ask(n) { m => Dne { m } },
            #[exit] Done { m: u32 },
        }
    }
}

fn main() {}
