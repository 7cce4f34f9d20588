use cano::prelude::*;

#[task(retri = none, timeout = "2", limit)]
fn book(total: &mut u32, _cx: Cx, _store: MemoryStore) -> u32 {
    *total
}

#[derive(Default)]
struct Client;

#[task(retry = exponential(3) timeout = "2s")]
impl Client {
    fn run(self, _paper: impl Send) {}
}

#[derive(Default)]
struct Printer;

#[node(retry = exponentil(3), fallible, "2s")]
impl Printer {
    async fn prep(&self) -> u32 {
        1
    }
    fn exec(&mut self, prepared: u32) -> u32 {
        prepared
    }
    async fn post(&self, printed: u32) -> Option<u32> {
        Some(printed)
    }
}

workflow! {
    enum Order {
        #[start] Begin { total: u32 } = match book(total) { 0 => Done, n => Ask { n } },
        Ask { n: u32 } = Client(n) >> Print,
        Print = match Printer { _ => Done },
        #[exit] Done,
    }
}

fn main() {
    let _ = Order::workflow();
}
