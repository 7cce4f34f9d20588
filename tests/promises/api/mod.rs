//! Code that is written as SEMANTICS §1 has it compiles unchanged, and does what it says.

mod every_name;
mod prelude_only;
mod settings;
mod spawned;
mod store;
mod written_by_hand;
