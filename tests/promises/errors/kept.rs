//! The user's own error stays reachable, whichever way it was returned.

use std::{error::Error, fmt, io, num::ParseIntError};

use cano::prelude::*;

use crate::log::Busy;

/// An error with a cause.
#[derive(Debug)]
struct Declined(io::Error);

impl fmt::Display for Declined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("declined")
    }
}

impl Error for Declined {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

fn declined() -> Declined {
    Declined(io::Error::new(io::ErrorKind::TimedOut, "no answer"))
}

fn mixed(text: &str) -> Result<u8, BoxError> {
    match text {
        "declined" => Err(declined())?,
        "text" => Err("only a text")?,
        number => Ok(number.parse()?),
    }
}

/// The error of a run whose one task has this type of error and returns this.
macro_rules! error_of {
    ($error:ty, |$store:ident| $body:expr) => {{
        #[task]
        async fn fail(#[store] $store: &MemoryStore) -> Result<u8, $error> {
            let _ = $store;
            $body
        }
        let mut workflow = Workflow::new(0);
        workflow.register(0, fail {}).add_exit_state(1);
        workflow.orchestrate(&MemoryStore::new()).await.unwrap_err()
    }};
    ($error:ty, $body:expr) => {
        error_of!($error, |store| $body)
    };
}

/// The run's error is a task's, and this is the only `CanoError` in the chain.
fn wrapped_once(error: &CanoError) -> bool {
    let below = std::iter::successors(error.source(), |cause| (*cause).source());
    matches!(error, CanoError::Task(_)) && !below.into_iter().any(|cause| cause.is::<CanoError>())
}

#[tokio::test(start_paused = true)]
async fn a_tasks_own_error_is_the_source_and_is_found_by_its_type() {
    let error = error_of!(Declined, Err(declined()));
    assert!(error.source().is_some_and(|source| source.is::<Declined>()));
    assert_eq!(error.find::<Declined>().map(|d| d.0.kind()), Some(io::ErrorKind::TimedOut));
    assert!(error.find::<Busy>().is_none());
}

#[tokio::test(start_paused = true)]
async fn the_causes_of_a_tasks_error_are_found_too() {
    let error = error_of!(Declined, Err(declined()));
    assert_eq!(error.find::<io::Error>().map(io::Error::kind), Some(io::ErrorKind::TimedOut));
}

#[tokio::test(start_paused = true)]
async fn std_errors_by_question_mark_are_found() {
    let error = error_of!(CanoError, {
        let number: u8 = "12x".parse()?;
        Ok(number)
    });
    assert!(wrapped_once(&error) && error.find::<ParseIntError>().is_some());
    let error = error_of!(CanoError, Err(io::Error::from(io::ErrorKind::NotFound))?);
    assert_eq!(error.find::<io::Error>().map(io::Error::kind), Some(io::ErrorKind::NotFound));
    let error = error_of!(io::Error, Err(io::ErrorKind::NotFound.into()));
    assert_eq!(error.find::<io::Error>().map(io::Error::kind), Some(io::ErrorKind::NotFound));
}

#[tokio::test(start_paused = true)]
async fn a_body_may_mix_errors_in_a_box() {
    assert!(error_of!(BoxError, mixed("declined")).find::<Declined>().is_some());
    assert!(error_of!(BoxError, mixed("12x")).find::<ParseIntError>().is_some());
    let error = error_of!(BoxError, mixed("text"));
    assert!(format!("{error:#}").ends_with(": only a text"), "{error:#}");
}

#[tokio::test(start_paused = true)]
async fn a_box_error_converts_into_a_cano_error_by_question_mark() {
    let error = error_of!(CanoError, Ok(mixed("declined")?));
    assert!(wrapped_once(&error) && error.find::<Declined>().is_some(), "{error:#}");
}

#[tokio::test(start_paused = true)]
async fn a_text_may_be_an_error() {
    let error = error_of!(String, Err(format!("no {}", 7)));
    assert!(format!("{error:#}").ends_with(": no 7"), "{error:#}");
    let error = error_of!(&'static str, Err("no"));
    assert!(format!("{error:#}").ends_with(": no"), "{error:#}");
}

#[tokio::test(start_paused = true)]
async fn a_cano_error_that_a_task_returns_is_not_wrapped_twice() {
    for error in [
        error_of!(CanoError, Err(CanoError::task_execution(Busy(1)))),
        error_of!(BoxError, Err(CanoError::task_execution(Busy(1)))?),
        error_of!(BoxError, Err(BoxError::from(CanoError::from(BoxError::from(Busy(1)))))),
        error_of!(CanoError, Err(CanoError::task_execution(CanoError::task_execution(Busy(1))))),
        error_of!(Busy, Err(Busy(1))),
    ] {
        assert!(wrapped_once(&error), "{error:#}");
        assert_eq!(error.source().and_then(|source| source.downcast_ref()), Some(&Busy(1)));
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_store_said_is_found() {
    let missing = error_of!(CanoError, |store| Ok(store.get("n")?));
    assert_eq!(missing.find::<StoreError>(), Some(&StoreError::NotFound { key: "n".into() }));
    let missing = error_of!(StoreError, |store| store.get("n"));
    assert!(missing.find::<StoreError>().is_some());
    let wrong = error_of!(CanoError, |store| {
        store.put("n", "a text")?;
        Ok(store.get("n")?)
    });
    assert!(matches!(wrong.find(), Some(StoreError::WrongType { wanted: "u8", stored: "&str", .. })));
}

#[tokio::test(start_paused = true)]
async fn a_cloned_error_keeps_what_it_was() {
    // Given an error of which the task keeps a clone
    let kept = CanoError::task_execution(declined());
    let store = MemoryStore::new();
    store.put("kept", kept.clone()).unwrap();
    #[task]
    async fn fail(store: &MemoryStore) -> CanoResult<u8> {
        Err(store.get::<CanoError>("kept")?)
    }
    let mut workflow = Workflow::new(0);
    workflow.register(0, fail {}).add_exit_state(1);
    // When a run has said where the other happened, and somebody marks a third
    let error = workflow.orchestrate(&store).await.unwrap_err();
    let third = kept.clone().retry_after(Duration::from_secs(1));
    // Then the clone is as it was made, and the others know their cause all the same
    let CanoError::Task(task) = &kept else { panic!("not a task's") };
    assert_eq!((task.place(), task.attempts(), kept.delay()), (None, 0, None));
    assert_eq!(kept.to_string(), "declined");
    assert!([&kept, &error, &third].iter().all(|error| error.find::<Declined>().is_some()));
    assert_eq!(third.delay(), Some(Duration::from_secs(1)));
    assert_eq!(CanoError::node_execution(third.clone()).delay(), third.delay());
    // And a clone of the run's error says what it says.
    assert_eq!(format!("{:?}", error.clone()), format!("{error:?}"));
    assert_eq!(format!("{error:#}").matches("declined").count(), 1);
}
