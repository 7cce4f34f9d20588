use cano::prelude::*;

#[task]
async fn go() -> CanoResult<()> {
    Ok(())
}

workflow! {
    enum Order {
        #[start]
        #[catch(std::io::Error as error if error.kind() == std::io::ErrorKind::NotFound => Done)]
        Begin = go >> Next,
        #[catch(fault: std::io::Error => Done)]
        Next = go >> Last,
        #[catch(CanoError::AttemptTimeout(_) as slow => Done)]
        Last = go >> Done,
        #[exit] Done,
    }
}

fn main() {}
