use crate::run::checked::{CheckedWorkflow, StartWithoutFields, States};

/// The workflow of a table `T` whose start state has no fields, so that a run needs nothing to begin.
#[diagnostic::on_unimplemented(
    message = "the start state of `{T}` has fields",
    label = "a run cannot begin without their values",
    note = "use `orchestrate_from({T}::Start {{ .. }}, &store)` with the start state's name, or `{T}::run(.., &store)`",
    note = "a schedule takes `{T}::workflow().with_inputs(|slot| ({T}::Start {{ .. }}, store))`"
)]
pub trait BeginsAlone<T> {
    /// The start state.
    fn begin() -> T;
}

impl<T: StartWithoutFields> BeginsAlone<T> for CheckedWorkflow<T> {
    fn begin() -> T {
        T::start()
    }
}

/// Never applies. Because there are two impls rustc speaks of the trait that is missing, in its words, and not of what
/// one of them asks for.
impl<T: States> BeginsAlone<T> for CheckedWorkflow<T>
where
    for<'never> Nobody: Never,
{
    fn begin() -> T {
        unreachable!("nobody is `Never`")
    }
}

/// What has no impl of [`Never`].
#[doc(hidden)]
pub struct Nobody;

/// What nothing is.
#[doc(hidden)]
pub trait Never {}
