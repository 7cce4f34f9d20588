//! Compiles every file of `pass/` and `fail/`. `TRYBUILD=overwrite cargo test -p ui-tests` writes the messages anew.

#[test]
fn tables_and_tasks_that_are_right_compile_and_run() {
    trybuild::TestCases::new().pass("pass/*.rs");
}

#[test]
fn wrong_tables_and_tasks_are_refused_in_our_words() {
    trybuild::TestCases::new().compile_fail("fail/*.rs");
}
