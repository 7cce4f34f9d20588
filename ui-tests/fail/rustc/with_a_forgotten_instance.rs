use cano::prelude::*;

pub struct Client;
pub struct Printer;

#[task]
impl Client {
    async fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

#[task]
impl Printer {
    async fn run(&self) -> CanoResult<()> {
        Ok(())
    }
}

workflow! {
    enum Order {
        #[start] Begin = Client >> Next,
        Next = Printer >> Done,
        #[exit] Done,
    }
}

fn start() {
    let _ = Order::with(OrderTasks { client: Client });
}

fn main() {}
