//! The instances of the tasks that have fields.

use std::collections::HashSet;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Path, spanned::Spanned};

use super::Parts;
use crate::{
    generics::mentioned,
    mistake::{blamed, ours},
    model::{Instance, State, unraw},
};

/// One field of the table's tasks.
pub(super) struct Slot<'a> {
    pub(super) field: &'a Ident,
    pub(super) task: &'a Path,
}

impl Parts<'_> {
    /// A slot for each type, in the order of the rows.
    pub(super) fn slots(&self) -> Vec<Slot<'_>> {
        let mut seen = HashSet::new();
        let calls = self.workflow.states.iter().flat_map(State::calls);
        calls
            .filter_map(|call| match &call.instance {
                Instance::Slot(field) => Some(Slot { field, task: &call.task }),
                Instance::Function => None,
            })
            // One that nests itself was reported.
            .filter(|slot| !slot.task.is_ident(&self.workflow.name) && seen.insert(slot.field.to_string()))
            .collect()
    }

    /// Where code stands that takes or makes the tasks: at the first of them, so that one that is none is said there.
    pub(super) fn tasks_at(&self) -> Span {
        self.slots().first().map_or(self.at, |slot| ours(slot.task.span()))
    }

    /// The type of the tasks: `()` where none has fields.
    pub(super) fn tasks_type(&self) -> TokenStream {
        let slots = self.slots();
        if slots.is_empty() {
            return quote!(());
        }
        let at = self.tasks_at();
        let mut name = self.tasks_name();
        name.set_span(at);
        if self.has_constants() {
            // By its defaults.
            return quote!(#name);
        }
        let types = slots.iter().map(|slot| slot.instance(self));
        quote_spanned!(at=> #name<#(#types),*>)
    }

    pub(super) fn tasks_name(&self) -> Ident {
        format_ident!("{}Tasks", unraw(&self.workflow.name), span = self.workflow.name.span())
    }
}

pub(super) fn expand(parts: &Parts<'_>) -> TokenStream {
    let slots = parts.slots();
    if slots.is_empty() {
        return TokenStream::new();
    }
    let (vis, workflow, at) = (&parts.workflow.vis, &parts.workflow.name, parts.at);
    let name = parts.tasks_name();
    let fields: Vec<_> = slots.iter().map(|slot| slot.field).collect();
    let params: Vec<_> = slots.iter().map(Slot::param).collect();
    let types: Vec<_> = slots.iter().map(|slot| slot.instance(parts)).collect();
    let tasks = slots.iter().map(|slot| slot.task);
    let table = mentioned(&parts.workflow.generics, &quote!(#(#tasks)*));
    // A default may not mention what the struct does not have: a table's own parameters.
    let generics = params.iter().zip(types).map(|(param, ty)| match table.params.is_empty() {
        true => quote_spanned!(at=> #param = #ty),
        false => quote!(#param),
    });
    let docs = format!("The tasks of [`{workflow}`] that have fields; `{workflow}::with` takes them.");
    let field_docs = slots.iter().map(|slot| format!("The task `{}`.", crate::model::text(slot.task)));
    // The types of the instances are parameters, so that a task that is none is a mistake of its row alone, not of
    // all that has a field of its type.
    quote_spanned! {at=>
        #[doc = #docs]
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #vis struct #name<#(#generics),*> {
            #(#[doc = #field_docs] #vis #fields: #params,)*
        }
    }
}

impl Slot<'_> {
    /// The parameter of the tasks' type for this one.
    fn param(&self) -> Ident {
        let name = self.task.segments.last().map_or_else(String::new, |last| unraw(&last.ident));
        format_ident!("{name}Instance", span = ours(self.task.span()))
    }

    /// The type of the instance. Of what is no task it is told once, by the constant.
    pub(super) fn instance(&self, parts: &Parts<'_>) -> TokenStream {
        let span = ours(self.task.span());
        let (private, slot) = (blamed(&parts.private, span), parts.checked_slot(self.task, self.task));
        quote_spanned!(span=> <#slot as #private::Slot>::Instance)
    }
}
