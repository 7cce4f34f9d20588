//! What an error says and what it keeps: SEMANTICS §2.6.

mod kept;
mod names;
mod texts;
