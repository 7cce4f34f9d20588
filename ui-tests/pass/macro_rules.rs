//! Tables that a `macro_rules!` writes, with parts of its caller's; a table in a function; tasks in a macro.
#![deny(warnings)]

use cano::prelude::*;

macro_rules! counter {
    ($(#[$attr:meta])* $vis:vis $name:ident, $state:ident = $task:path, $field:ident: $ty:ty, $pat:pat => $end:ident, $value:expr) => {
        workflow! {
            $(#[$attr])*
            $vis enum $name {
                #[start] $state { $field: $ty } = match $task($field) {
                    $pat => $end { $field: $value },
                    _ => Other,
                },
                #[exit] $end { $field: $ty },
                #[exit] Other,
            }
        }
    };
}

macro_rules! task_that_adds {
    ($name:ident, $n:literal) => {
        #[task]
        async fn $name(n: &u32) -> CanoResult<u32> {
            Ok(*n + $n)
        }
    };
}

mod tasks {
    use cano::prelude::*;
    task_that_adds!(add_two, 2);
    #[task]
    pub async fn add_three(n: &u32) -> CanoResult<u32> {
        add_two(n).await.map(|n| n + 1)
    }
}

task_that_adds!(add_one, 1);

counter!(
    /// Counts.
    #[derive(Debug, PartialEq)]
    pub One, Start = add_one, n: u32, 0..=5 => Small, 1 + 1
);
counter!(Three, Begin = tasks::add_three, count: u32, 3 | 4 => Few, 7);

#[tokio::main(flavor = "current_thread")]
async fn main() -> CanoResult<()> {
    #[task]
    async fn local(n: u32) -> CanoResult<bool> {
        Ok(n == 0)
    }
    workflow! {
        #[derive(Debug)]
        enum Local {
            #[start] Start { n: u32 } = match local { true => Zero, false => More },
            #[exit] Zero,
            #[exit] More,
        }
    }
    let store = MemoryStore::new();
    assert_eq!(One::run(3, &store).await?, OneExit::Small { n: 2 });
    assert_eq!(One::run(5, &store).await?, OneExit::Other);
    assert!(matches!(Three::run(1, &store).await?, ThreeExit::Few { count: 7 }));
    assert!(matches!(Local::run(0, &store).await?, LocalExit::Zero));
    assert!(matches!(Local::run(1, &store).await?, LocalExit::More));
    Ok(())
}
