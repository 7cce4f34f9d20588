//! No warning about a field that something uses.
#![deny(warnings)]

use cano::prelude::*;

#[task]
async fn check(n: u32) -> CanoResult<bool> {
    Ok(n > 1)
}

pub enum Found {
    Kept { at: u32 },
    Lost,
}

#[task]
async fn find() -> CanoResult<Found> {
    Ok(Found::Kept { at: 1 })
}

#[task]
async fn book(n: u32, text: String) -> CanoResult<()> {
    println!("{n} {text}");
    Ok(())
}

workflow! {
    pub enum Order {
        /// Lent, written into a text, looked at by a guard, moved by a catch.
        #[start]
        #[catch(error if limit > 3 && error.is_permanent() => Failed { id, error: error.to_string() })]
        #[catch(error => Failed { id: 0, error: error.to_string() })]
        Begin { n: u32, name: &'static str, id: u32, least: u32, limit: u32 } = match check(n) {
            true if n > least => Find { text: format!("{name}"), _note: (), n },
            _ => Kept { text: String::new(), at: 0 },
        },
        /// Moved along by its name; not used, and said so.
        Find { text: String, _note: (), #[allow(dead_code)] n: u32 } = find() >> [Kept, Lost],
        /// All are lent.
        Kept { at: u32, text: String } = book >> Done,
        /// None is used, and that is said once.
        #[allow(dead_code)]
        Lost { text: String } = check_nothing() >> Done,
        #[exit] Done,
        #[exit] Failed { id: u32, error: String },
    }
}

#[task]
async fn check_nothing() -> CanoResult<()> {
    Ok(())
}

workflow! {
    #[allow(dead_code)]
    pub enum Silent {
        #[start] Begin { n: u32 } = check_nothing() >> Done,
        #[exit] Done,
    }
}

fn main() {}
