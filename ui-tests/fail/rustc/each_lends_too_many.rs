use cano::prelude::*;

#[task]
async fn print(page: &str) -> CanoResult<()> {
    println!("{page}");
    Ok(())
}

workflow! {
    enum Order {
        #[start] Print { pages: Vec<String>, copies: u32 } = each(print(copies), over = pages) >> Done { copies },
        #[exit] Done { copies: u32 },
    }
}

fn main() {}
