//! The README shows the hello example and the message of a typo in it, word for word.

const README: &str = include_str!("../../README.md");
const HELLO: &str = include_str!("../../examples/hello.rs");
const TYPO: &str = include_str!("../fail/ours/readme_typo.rs");
const MESSAGE: &str = include_str!("../fail/ours/readme_typo.stderr");

#[test]
fn the_readme_shows_the_hello_example() {
    assert!(README.contains(&format!("```rust\n{HELLO}```")), "README.md and examples/hello.rs differ");
}

#[test]
fn the_readme_shows_the_message_of_a_typo_in_it() {
    assert_eq!(
        TYPO,
        HELLO.replace("Save { amount },\n            None", "Sav { amount },\n            None")
    );
    let message = MESSAGE.replace("fail/ours/readme_typo.rs", "src/main.rs");
    assert!(README.contains(&format!("```text\n{message}```")), "README.md does not show:\n{message}");
}

#[test]
fn the_readme_hides_no_line() {
    let blocks = README.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next());
    for line in blocks.flat_map(str::lines) {
        assert!(line != "#" && !line.starts_with("# "), "a forge shows this line: {line}");
    }
}

#[test]
fn the_hello_example_has_at_most_30_lines() {
    assert!(HELLO.lines().count() <= 30);
}
