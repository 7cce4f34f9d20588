use cano::prelude::*;

fn scope() {
    #[task]
    async fn ask(n: &u32) -> u32 {
        *n
    }

    workflow! {
        enum Check {
            #[start]
            Ask { text, n: u32 + 3 } = match ask(n) { Yes { m } => Asked { m }, No => Refused },
            #[exit]
            Asked { m: u32 },
            #[exit]
            Refused,
        }
    }

    workflow! {
        #[store(3)]
        enum Store {
            #[start]
            Ask { n: u32 } = match ask(n) { m => Asked { m } },
            #[exit]
            Asked { m: u32 },
        }
    }

    let _ = (Check::Ask { n: 3, text: "a" }, Store::Ask { n: 3 });
}

fn main() {}
