use cano::prelude::*;

pub struct Line<'a>(&'a str);

#[task]
async fn book<'a>(text: &'a str) -> CanoResult<Line<'a>> {
    Ok(Line(text))
}

fn main() {}
