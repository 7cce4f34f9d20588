//! The retries of a table's rows.

use cano::prelude::*;

use super::attempts::{OnceNode, ThriceNode, attempts_of, once, thrice};
use crate::log::{Busy, Log};

const TWO: TaskConfig = TaskConfig::with_fixed_retry(1, Duration::from_secs(1));

/// A table whose one row has this policy and this task.
macro_rules! row {
    ($name:ident: [$($policy:tt)*] $($task:tt)*) => {
        workflow! {
            #[store(Log)]
            enum $name {
                #[start] $($policy)* Only = match $($task)* { _ => Never },
                #[exit] Never,
            }
        }
    };
}

row!(Says: [] thrice);
row!(SaysNode: [] ThriceNode);
row!(Nothing: [] once);
row!(NothingNode: [] OnceNode);
row!(Row: [#[retry(fixed(4, "1s"))]] once);
row!(RowOver: [#[retry(none)]] thrice);
row!(RowOverNode: [#[retry(TWO)]] ThriceNode);
row!(Together: [] (once, thrice));
row!(TogetherRow: [#[retry(fixed(1, "1s"))]] (thrice, ThriceNode));
row!(Nested: [] Says);
row!(NestedRow: [#[retry(fixed(1, "1s"))]] Says);

#[tokio::test(start_paused = true)]
async fn a_row_has_the_retries_of_its_task() {
    assert_eq!(attempts_of(Says::run(&Log::new()).await), 3);
    assert_eq!(attempts_of(SaysNode::run(&Log::new()).await), 3);
}

#[tokio::test(start_paused = true)]
async fn a_row_of_a_task_that_says_nothing_is_attempted_once() {
    assert_eq!(attempts_of(Nothing::run(&Log::new()).await), 1);
    assert_eq!(attempts_of(NothingNode::run(&Log::new()).await), 1);
}

#[tokio::test(start_paused = true)]
async fn the_policy_of_a_row_wins_over_that_of_its_task() {
    assert_eq!(attempts_of(Row::run(&Log::new()).await), 5);
    assert_eq!(attempts_of(RowOver::run(&Log::new()).await), 1);
    assert_eq!(attempts_of(RowOverNode::run(&Log::new()).await), 2);
}

#[tokio::test(start_paused = true)]
async fn the_policy_of_a_row_is_that_of_each_of_its_tasks() {
    // `once` ends the row with its first failure, before `thrice` is attempted again.
    let log = Log::new();
    assert_eq!(attempts_of(Together::run(&log).await), 1);
    assert_eq!(log.lines(), ["once"]);
    let log = Log::new();
    assert_eq!(attempts_of(TogetherRow::run(&log).await), 2);
    assert_eq!((log.count("thrice"), log.count("exec")), (2, 1));
}

#[tokio::test(start_paused = true)]
async fn a_nested_workflow_repeats_its_own_tasks_and_is_itself_repeated_only_if_the_row_says_so() {
    for (run, outer, inner) in
        [(Nested::run(&Log::new()).await.err(), 1, 3), (NestedRow::run(&Log::new()).await.err(), 2, 3)]
    {
        let error = run.expect("the task fails always");
        let CanoError::Task(failed) = &error else { panic!("not a task's: {error:#}") };
        assert_eq!(failed.attempts(), outer);
        let Some(CanoError::Task(nested)) = failed.cause().downcast_ref() else {
            panic!("no nested run in {error:#}")
        };
        assert_eq!(nested.attempts(), inner);
        assert_eq!(error.find::<Busy>(), Some(&Busy((outer * inner) as usize)));
    }
}
