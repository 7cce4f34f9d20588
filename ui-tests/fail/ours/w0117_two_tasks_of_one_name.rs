use cano::prelude::*;

mod other {
    #[derive(Default)]
    pub struct Client;

    #[cano::task]
    impl Client {
        async fn run(&self) -> cano::CanoResult<()> {
            Ok(())
        }
    }
}

#[derive(Default)]
struct Client;

#[task]
impl Client {
    async fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

workflow! {
    enum Order {
        #[start] Begin = Client >> Next,
        Next = other::Client >> Done,
        #[exit] Done,
    }
}

fn main() {}
