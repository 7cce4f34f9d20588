workflow! {
    enum Order {}
}
use cano::prelude::*;
fn main() {}
