workflow! {
    enum Backup {
        #[start] Copy = copy >> Link,
        #[cfg(unix)]
        Link = link >> Done,
        #[exit] Done,
    }
}
use cano::prelude::*;
#[task] async fn copy() -> CanoResult<()> { Ok(()) }
#[task] async fn link() -> CanoResult<()> { Ok(()) }
fn main() {}
