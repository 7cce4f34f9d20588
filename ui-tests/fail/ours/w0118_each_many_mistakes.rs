use cano::prelude::*;

#[task]
async fn print(page: &str) -> CanoResult<()> {
    println!("{page}");
    Ok(())
}

workflow! {
    enum Order {
        #[start]
        #[limit(BANK MAILER)]
        #[undo()]
        #[catch(=> Done)]
        Print { pages: Vec<String> } = each(print, over = pages, over = pages, limit = 0, partial = true, size = 3) >> Done,
        #[exit] Done,
    }
}

fn main() {}
