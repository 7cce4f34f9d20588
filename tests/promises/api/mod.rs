//! Code that is written against the public names compiles, and does what it says.

mod every_name;
mod prelude_only;
mod settings;
mod spawned;
mod store;
mod written_by_hand;
