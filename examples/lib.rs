//! Examples of `cano`: `cargo run --example NAME`.
