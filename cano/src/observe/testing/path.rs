use super::Recorder;

/// Asserts which states a run went through, from the first one to its end, as seen by a
/// [`Recorder`](crate::testing::Recorder).
///
/// States are written as in the table; those of the builder are written as text. The recorder must have seen exactly
/// one run; call [`clear`](crate::testing::Recorder::clear) before another one. The states of nested runs are not part
/// of the path.
///
/// Needs the feature `testing`.
///
/// # Panics
///
/// If the run took another path; the message shows where the two differ.
///
/// ```
/// # use cano::{prelude::*, testing::{Recorder, assert_path}};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> CanoResult<()> {
/// let recorder = Recorder::new();
/// let mut workflow = Workflow::<&str>::new("done").with_observer(recorder.clone());
/// workflow.add_exit_state("done").orchestrate(&MemoryStore::new()).await?;
/// assert_path!(recorder, ["done"]);
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! assert_path {
    ($recorder:expr, [$($state:ident),+ $(,)?] $(,)?) => {
        $crate::testing::assert_path(&$recorder, &[$(stringify!($state)),+])
    };
    ($recorder:expr, [$($state:literal),+ $(,)?] $(,)?) => {
        $crate::testing::assert_path(&$recorder, &[$($state),+])
    };
}

/// Of `assert_path!`.
#[track_caller]
pub fn assert_path(recorder: &Recorder, expected: &[&str]) {
    let runs = recorder.runs();
    let [run] = runs.as_slice() else {
        panic!(
            "`assert_path!` checks a single run, but the recorder saw {}: call `clear` in between",
            runs.len()
        );
    };
    let forgotten = recorder.forgotten();
    assert!(forgotten == 0, "the recorder has forgotten {forgotten} events: give it a larger capacity");
    let path = recorder.path(*run);
    if path == expected {
        return;
    }
    let same = path.iter().zip(expected).take_while(|(taken, expected)| taken == expected).count();
    let shown = |states: &[&str]| states.join(" -> ");
    let taken: Vec<_> = path.iter().map(String::as_str).collect();
    let or_end = |state: Option<&&str>| state.map_or("its end".to_owned(), |state| format!("`{state}`"));
    panic!(
        "the run took another path\n  expected: {}\n  taken:    {}\n  at step {}: expected {}, taken {}",
        shown(expected),
        shown(&taken),
        same + 1,
        or_end(expected.get(same)),
        or_end(taken.get(same)),
    );
}
