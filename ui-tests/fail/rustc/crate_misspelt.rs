use cano::prelude::*;

#[derive(Default)]
struct Ship;

#[task]
impl Ship {
    async fn run(&self, name: &str) -> CanoResult<u32> {
        Ok(name.len() as u32)
    }
}

#[task]
async fn go() -> CanoResult<bool> {
    Ok(true)
}

workflow! {
    #[workflow(crate = canno)]
    enum Order {
        #[start] Begin { name: String } = match go() { true => Sent { name }, false => Failed },
        #[catch(_ => Failed)]
        #[retry(exponential(3))]
        Sent { name: String } = match Ship { length => Done { length } },
        #[exit] Done { length: u32 },
        #[exit] Failed,
    }
}

async fn ship() -> CanoResult<OrderExit> {
    Order::run("box".into(), &MemoryStore::new()).await
}

fn main() {}
