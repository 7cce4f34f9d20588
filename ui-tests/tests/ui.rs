//! Compiles every file of `pass/` and `fail/`. `TRYBUILD=overwrite cargo test -p ui-tests` writes the messages anew.
//!
//! What stands in `fail/ours` is said by the macros alone, so it holds on every toolchain, word for word. In
//! `fail/rustc` the compiler speaks too, and its words are those of the toolchain in `rust-toolchain.toml`.

use std::{
    io::{self, Write},
    process::Command,
};

#[test]
fn tables_and_tasks_that_are_right_compile_and_run() {
    trybuild::TestCases::new().pass("pass/*.rs");
}

#[test]
fn wrong_tables_and_tasks_are_refused_in_our_words() {
    trybuild::TestCases::new().compile_fail("fail/ours/*.rs");
}

#[test]
fn what_rustc_finds_is_said_at_the_tokens_of_the_user() {
    let (pinned, rustc) = (pinned(), rustc());
    if rustc == pinned {
        trybuild::TestCases::new().compile_fail("fail/rustc/*.rs");
    } else {
        let skipped = format!("skipped: fail/rustc is in the words of rustc {pinned}, and this is {rustc}\n");
        // Past the harness, which hides what a test that passes prints.
        io::stderr().write_all(skipped.as_bytes()).expect("standard error is open");
    }
}

/// The version in `rust-toolchain.toml`.
fn pinned() -> &'static str {
    let file = include_str!("../../rust-toolchain.toml");
    let channel = file.lines().find_map(|line| line.strip_prefix("channel = "));
    channel.expect("the file says a channel").trim_matches('"')
}

/// The version of the `rustc` that trybuild calls.
fn rustc() -> String {
    let output = Command::new("rustc").arg("--version").output().expect("rustc is installed");
    let text = String::from_utf8(output.stdout).expect("a version is text");
    text.split(' ').nth(1).expect("the version is the second word").to_owned()
}
