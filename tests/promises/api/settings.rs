//! The constructors of `TaskConfig` and of `CanoError`.

use std::time::Duration;

use cano::{CanoError, CanoResult, Phase, TaskConfig};

#[test]
fn every_constructor_of_a_task_config_says_how_many_attempts_there_are() {
    for (config, attempts) in [
        (TaskConfig::new(), 4),
        (TaskConfig::default(), 4),
        (TaskConfig::minimal(), 1),
        (TaskConfig::with_fixed_retry(0, Duration::from_millis(10)), 1),
        (TaskConfig::with_fixed_retry(3, Duration::from_millis(10)), 4),
        (TaskConfig::with_exponential_retry(5), 6),
    ] {
        assert_eq!(config.clone().max_attempts(), attempts, "{config:?}");
        assert_eq!(config.delays().count(), attempts as usize - 1, "{config:?}");
    }
}

#[test]
fn a_task_config_is_cloned_printed_and_made_by_default() {
    fn is<T: Clone + std::fmt::Debug + Default + Send + Sync + 'static>() {}
    is::<TaskConfig>();
    assert!(format!("{:?}", TaskConfig::with_fixed_retry(2, Duration::from_secs(7))).contains("7s"));
}

#[test]
fn every_constructor_of_an_error_keeps_its_message() {
    for (error, phase) in [
        (CanoError::task_execution("text"), None),
        (CanoError::task_execution(String::from("text")), None),
        (CanoError::node_execution(format!("te{}", "xt")), Some(Phase::Exec)),
        (CanoError::preparation("text"), Some(Phase::Prep)),
        (CanoError::permanent("text"), None),
        (CanoError::configuration("text"), None),
    ] {
        assert_eq!(error.to_string(), "text");
        match error {
            CanoError::Task(task) => assert_eq!(task.phase(), phase),
            CanoError::Invalid(invalid) => assert_eq!(invalid.faults().len(), 1),
            other => panic!("{other} is of another kind"),
        }
    }
}

#[test]
fn errors_of_the_standard_library_convert_with_a_question_mark() {
    fn parse(text: &str) -> CanoResult<i64> {
        let number: i64 = text.parse()?;
        u8::try_from(number)?;
        std::str::from_utf8(&[u8::try_from(number)?])?;
        Err("only a text")?
    }
    let messages = ["x", "256", "200", "65"].map(|text| parse(text).unwrap_err().to_string());
    assert_eq!(
        messages,
        [
            "invalid digit found in string",
            "out of range integral type conversion attempted",
            "incomplete utf-8 byte sequence from index 0",
            "only a text"
        ]
    );
}

#[test]
fn an_error_can_be_sent_shared_and_cloned() {
    fn is<T: std::error::Error + Clone + Send + Sync + 'static>() {}
    is::<CanoError>();
}
