//! The rows of a large table, in groups.
//!
//! rustc and LLVM take more than linear time for one `async` body with many `.await`s. So there are several bodies,
//! each with the loop over some of the rows, and one that goes from group to group.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::Parts;

/// So many rows stand in one body.
const TOGETHER: usize = 64;
/// So many at most stand in one of several.
const GROUP: usize = 32;

impl Parts<'_> {
    /// The future of a run, from `__start` to an exit.
    pub(super) fn driven(&self, private: &TokenStream, at: Span) -> TokenStream {
        let never = self.never_made();
        let states = &self.workflow.states;
        let (rows, exits): (Vec<_>, Vec<_>) = states.iter().partition(|state| state.row.is_some());
        if rows.len() <= TOGETHER {
            let steps = states.iter().map(|state| self.step_in(state));
            return quote_spanned! {at=>
                async move {
                    let __tasks = #private::CheckedWorkflow::tasks(__workflow);
                    let mut __state = __start;
                    #private::drive!(
                        __workflow,
                        __cx,
                        __state,
                        match #private::enter(__cx, __state) { #(#steps)* #never }
                    )
                }
            };
        }
        // As few groups as can be, one as large as the other.
        let size = rows.len().div_ceil(rows.len().div_ceil(GROUP));
        let groups = rows.chunks(size).map(|rows| {
            let (names, steps) =
                (rows.iter().map(|state| &state.name), rows.iter().map(|state| self.step_in(state)));
            quote_spanned! {at=>
                #(Self::#names { .. })|* => match #private::enter(__cx, __state) {
                    #(#steps)*
                    __left => #private::Next::Exit(__left)
                },
            }
        });
        let exits = exits.iter().map(|state| {
            let (whole, exit_name) = (Self::whole(state), &self.workflow.exit_name);
            quote_spanned!(at=> Self::#whole => break #private::Ok(#exit_name::#whole),)
        });
        quote_spanned! {at=>
            let mut __between = #private::Between((__start,));
            async move {
                let __tasks = #private::CheckedWorkflow::tasks(__workflow);
                #private::drive_in_groups!(__workflow, __cx, __between, __state, { #(#exits)* #never }, #(#groups)*)
            }
        }
    }
}
