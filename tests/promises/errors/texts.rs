//! How an error reads: `{}` one line, `{:#}` one line with the causes, `{:?}` a report.

use std::{error::Error, fmt};

use cano::prelude::*;

use crate::log::Busy;

#[derive(Debug)]
struct Unpaid(Busy);

impl fmt::Display for Unpaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the invoice is not paid")
    }
}

impl Error for Unpaid {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// Shows its cause's text as its own, as `#[error(transparent)]` and some wrappers do.
#[derive(Debug)]
struct Transparent(Busy);

impl fmt::Display for Transparent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Transparent {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

#[task(retry = fixed(2, "1s"))]
async fn collect(n: u32) -> Result<(), Unpaid> {
    Err(Unpaid(Busy(n as usize)))
}

workflow! {
    #[derive(Debug)]
    enum Dunning {
        #[start] Collect { n: u32 } = collect >> Collected,
        #[exit] Collected,
    }
}

async fn dunning() -> CanoError {
    Dunning::run(7, &MemoryStore::new()).await.expect_err("nobody pays")
}

#[tokio::test(start_paused = true)]
async fn display_is_one_line_without_the_causes() {
    assert_eq!(
        dunning().await.to_string(),
        "workflow `Dunning`, state `Collect`: task `collect` failed after 3 attempts"
    );
}

#[tokio::test(start_paused = true)]
async fn alternate_display_is_one_line_with_the_causes() {
    assert_eq!(
        format!("{:#}", dunning().await),
        "workflow `Dunning`, state `Collect`: task `collect` failed after 3 attempts: the invoice is not paid: busy 7"
    );
}

#[tokio::test(start_paused = true)]
async fn debug_is_a_report_with_a_line_for_each_cause() {
    assert_eq!(
        format!("{:?}", dunning().await),
        "workflow `Dunning`, state `Collect`: task `collect` failed after 3 attempts

Caused by:
    the invoice is not paid
    busy 7"
    );
}

#[tokio::test(start_paused = true)]
async fn a_nested_runs_error_is_a_cause_of_its_own() {
    workflow! {
        #[derive(Debug)]
        enum Month {
            #[start] Remind { n: u32 } = match Dunning(n) { Collected => Closed },
            #[exit] Closed,
        }
    }
    let error = Month::run(7, &MemoryStore::new()).await.unwrap_err();
    assert_eq!(
        format!("{error:?}"),
        "workflow `Month`, state `Remind`: task `Dunning` failed after 1 attempt

Caused by:
    workflow `Dunning`, state `Collect`: task `collect` failed after 3 attempts
    the invoice is not paid
    busy 7"
    );
}

#[test]
fn an_error_without_a_place_reads_as_its_cause_and_says_nothing_twice() {
    let error = CanoError::task_execution(Unpaid(Busy(7)));
    assert_eq!(error.to_string(), "the invoice is not paid");
    assert_eq!(format!("{error:#}"), "the invoice is not paid: busy 7");
    assert_eq!(format!("{error:?}"), "the invoice is not paid\n\nCaused by:\n    busy 7");
    let plain = CanoError::task_execution("busy");
    assert_eq!(format!("{plain} {plain:#} {plain:?}"), "busy busy busy");
    let transparent = CanoError::task_execution(Transparent(Busy(1)));
    assert_eq!(format!("{transparent:#}"), "busy 1");
}

#[tokio::test(start_paused = true)]
async fn a_node_that_fails_says_in_which_part() {
    struct Weigh(&'static str);

    #[async_trait]
    impl Node<u8> for Weigh {
        type PrepResult = ();
        type ExecResult = Result<(), CanoError>;

        fn config(&self) -> TaskConfig {
            TaskConfig::minimal()
        }

        async fn prep(&self, _: &MemoryStore) -> Result<(), CanoError> {
            if self.0 == "prep" { Err("broken".into()) } else { Ok(()) }
        }

        async fn exec(&self, (): ()) -> Result<(), CanoError> {
            if self.0 == "exec" { Err(CanoError::node_execution("broken")) } else { Ok(()) }
        }

        async fn post(&self, _: &MemoryStore, weighed: Result<(), CanoError>) -> Result<u8, CanoError> {
            weighed?;
            Err(CanoError::task_execution("broken"))
        }
    }

    for part in ["prep", "exec", "post"] {
        let mut workflow = Workflow::new(0).with_name("Scales");
        workflow.register(0, Weigh(part)).add_exit_state(1);
        let error = workflow.orchestrate(&MemoryStore::new()).await.unwrap_err();
        let text = format!("{error:#}");
        assert!(text.starts_with("workflow `Scales`, state `0`: task `"), "{text}");
        assert!(text.ends_with(&format!("Weigh` failed in {part} after 1 attempt: broken")), "{text}");
    }
}

#[test]
fn the_messages_of_a_definition_that_is_wrong_are_one_line_each() {
    for text in [
        CanoError::configuration("no address").to_string(),
        Workflow::<u8>::new(0).validate().unwrap_err().to_string(),
    ] {
        assert!(!text.contains('\n') && !text.ends_with('.'), "{text}");
    }
}
