use cano::prelude::*;

#[task]
async fn book() {
    println!("booked");
}

fn main() {}
