use cano::prelude::*;

#[task]
async fn tell(n: u32) -> CanoResult<()> {
    println!("{n}");
    Ok(())
}

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start] Begin { numbers: Vec<u32> } = match (each(tell, over = numbers), go()) { _ => Next { numbers } },
        Next { numbers: Vec<u32> } = each(any(tell, tell), over = numbers) >> Done,
        #[exit] Done,
    }
}

fn main() {}
