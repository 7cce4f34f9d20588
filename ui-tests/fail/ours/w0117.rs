workflow! {
    enum Order {
        #[start] Charge = bank::Client >> Ship,
        Ship = post::Client >> Shipped,
        #[exit] Shipped,
    }
}
use cano::prelude::*;
mod bank {
    #[derive(Default)]
    pub struct Client;
    #[cano::task]
    impl Client {
        async fn run(&self) -> cano::CanoResult<()> { Ok(()) }
    }
}
mod post {
    #[derive(Default)]
    pub struct Client;
    #[cano::task]
    impl Client {
        async fn run(&self) -> cano::CanoResult<()> { Ok(()) }
    }
}
fn main() {}
