//! An error on one line, with its causes.

use std::error::Error;

/// The error's message and those of its sources, from the outside in.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input;

    #[test]
    fn the_cause_follows_the_error() {
        let error = input::read(&["no/such.csv".into()]).unwrap_err();

        assert!(chain(&error).starts_with("cannot read `no/such.csv`: "), "{}", chain(&error));
    }
}
