//! What a user calls: `workflow`, `with`, `run`, `TABLE`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use super::Parts;
use crate::mistake::blamed;

pub(super) fn expand(parts: &Parts<'_>) -> TokenStream {
    let (private, workflow) = (&parts.private, parts.workflow);
    let (vis, name, exit_name, store) = (&workflow.vis, &workflow.name, &workflow.exit_name, &parts.store);
    let (impl_generics, type_generics, where_clause) = workflow.generics.split_for_impl();
    let tasks_type = parts.tasks_type();
    let slots = parts.slots();
    // What makes or takes the tasks is wrong where the first of them is; the functions' names stand at the table's.
    let name_of = |function: &str| Ident::new(function, parts.at);
    let (with_name, workflow_name, run_name) = (name_of("with"), name_of("workflow"), name_of("run"));
    let at = parts.tasks_at();
    let private = &blamed(private, at);
    let with = (!slots.is_empty()).then(|| {
        quote_spanned! {at=>
            /// The workflow with these instances of its tasks.
            #[allow(dead_code)]
            #vis fn #with_name(tasks: #tasks_type) -> #private::CheckedWorkflow<Self> {
                #private::CheckedWorkflow::new(tasks)
            }
        }
    });
    let made = slots.iter().map(|slot| {
        let (task, instance) = (slot.task, slot.instance(parts));
        // That a table's parameters allow too little for a task is said by its row.
        let is_task = (!parts.has_constants()).then(|| quote_spanned!(at=> #task: #private::Slot,));
        quote_spanned!(at=> #is_task for<'__x> #instance: #private::MadeByDefault)
    });
    let made: Vec<_> = made.collect();
    let default = (!slots.is_empty()).then(|| quote_spanned!(at=> where #(#made,)*));
    let fields = slots.iter().map(|slot| slot.field);
    let tasks = match slots.as_slice() {
        [] => quote_spanned!(at=> ()),
        _ => {
            let name = parts.tasks_name();
            quote_spanned!(at=> #name { #(#fields: #private::MadeByDefault::made(),)* })
        }
    };
    // Without a start there was a mistake; the first state is as good as any to go on with.
    let start = workflow.states.iter().find(|state| state.start.is_some()).or(workflow.states.first());
    let start = start.filter(|state| state.knows_its_fields);
    let run = start.map(|start| {
        let state = Parts::whole(start);
        let (fields, types): (Vec<_>, Vec<_>) =
            start.fields.iter().map(|field| (&field.name, &field.ty)).unzip();
        // A field may have that name: this one is ours alone.
        let store_name = Ident::new("store", Span::mixed_site().located_at(at));
        let docs = format!("One run from the start state, `{}`, with its fields, to an exit.", start.name);
        let result = quote_spanned!(at=> #private::Result<#exit_name #type_generics, #private::CanoError>);
        let begun = quote_spanned!(at=> Self::workflow().orchestrate_from(Self::#state, #store_name).await);
        let inputs = quote_spanned!(at=> #(#fields: #types,)* #store_name);
        // A bound of an `async fn` is one of its future too, and what is wrong with it is told at `.await` once more.
        let function = if slots.is_empty() || !workflow.generics.params.is_empty() {
            quote_spanned!(at=> async fn #run_name(#inputs: &#store) -> #result #default { #begun })
        } else {
            quote_spanned! {at=>
                fn #run_name<'__s>(#inputs: &'__s #store) -> #private::BoxFuture<'__s, #result> #default {
                    #private::Box::pin(async move { #begun })
                }
            }
        };
        quote_spanned! {at=>
            #[doc = #docs]
            ///
            /// # Errors
            ///
            /// The error of the state in which the run ended.
            #[allow(dead_code)]
            #vis #function
        }
    });
    quote_spanned! {at=>
        #[automatically_derived]
        impl #impl_generics #name #type_generics #where_clause {
            /// The table as data.
            #[allow(dead_code)]
            #vis const TABLE: &'static #private::Table = <Self as #private::States>::TABLE;

            /// The workflow.
            #[allow(dead_code)]
            #vis fn #workflow_name() -> #private::CheckedWorkflow<Self>
            #default
            {
                #private::CheckedWorkflow::new(#tasks)
            }

            #with
            #run
        }
    }
}
