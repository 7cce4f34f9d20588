//! What an error says and what it keeps.

mod kept;
mod names;
mod texts;
