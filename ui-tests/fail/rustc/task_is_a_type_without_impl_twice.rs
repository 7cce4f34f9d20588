use cano::prelude::*;

#[derive(Default)]
struct Client;

struct Printer;
struct Mailer;

#[task]
impl Client {
    async fn run(&self, n: u32) -> CanoResult<Option<u32>> {
        Ok(n.checked_sub(1))
    }
}

workflow! {
    enum Order {
        #[start] Begin { n: u32 } = match Client(n) {
            Some(n) => Print { n },
            None => Done,
        },
        Print { n: u32 } = match Printer(n) {
            Paper(sheets) if sheets > 1 => Mail,
            Paper(_) | Jam => Done,
        },
        Mail = Mailer >> Done,
        #[exit] Done,
    }
}

fn main() {
    let _ = Order::workflow();
}
