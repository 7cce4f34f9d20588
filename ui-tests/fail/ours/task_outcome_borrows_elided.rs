use cano::prelude::*;

pub struct Line<'a>(&'a str);

#[task]
async fn book(text: &str) -> CanoResult<Line<'_>> {
    Ok(Line(text))
}

fn main() {}
