//! The instances of the tasks that have fields.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Ident, Path, spanned::Spanned};

use super::{Parts, mentioned};
use crate::{
    mistake::ours,
    model::{Instance, unraw},
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
        let rows = self.workflow.states.iter().filter_map(|state| state.row.as_ref());
        rows.flat_map(|row| &row.calls)
            .filter_map(|call| match &call.instance {
                Instance::Slot(field) => Some(Slot { field, task: &call.task }),
                Instance::Function => None,
            })
            .filter(|slot| seen.insert(slot.field.to_string()))
            .collect()
    }

    /// The type of the tasks: `()` where none has fields.
    pub(super) fn tasks_type(&self) -> TokenStream {
        let slots = self.slots();
        if slots.is_empty() {
            return quote!(());
        }
        let name = self.tasks_name();
        let tasks = slots.iter().map(|slot| slot.task);
        let generics = mentioned(&self.workflow.generics, &quote!(#(#tasks)*));
        let (_, generics, _) = generics.split_for_impl();
        quote!(#name #generics)
    }

    fn tasks_name(&self) -> Ident {
        format_ident!("{}Tasks", unraw(&self.workflow.name), span = self.workflow.name.span())
    }
}

pub(super) fn expand(parts: &Parts<'_>) -> TokenStream {
    let slots = parts.slots();
    if slots.is_empty() {
        return TokenStream::new();
    }
    let (private, vis, workflow) = (&parts.private, &parts.workflow.vis, &parts.workflow.name);
    let name = parts.tasks_name();
    let fields: Vec<_> = slots.iter().map(|slot| slot.field).collect();
    let types: Vec<_> = slots
        .iter()
        .map(|slot| {
            let task = slot.task;
            quote_spanned!(ours(task.span())=> <#task as #private::Slot>::Instance)
        })
        .collect();
    let tasks = slots.iter().map(|slot| slot.task);
    let generics = mentioned(&parts.workflow.generics, &quote!(#(#tasks)*));
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let docs = format!("The tasks of [`{workflow}`] that have fields; `{workflow}::with` takes them.");
    let field_docs = slots.iter().map(|slot| format!("The task `{}`.", crate::model::text(slot.task)));
    quote! {
        #[doc = #docs]
        #vis struct #name #generics #where_clause {
            #(#[doc = #field_docs] #vis #fields: #types,)*
        }

        #[automatically_derived]
        impl #impl_generics ::core::default::Default for #name #type_generics
        where
            #(for<'__x> #types: ::core::default::Default,)*
        {
            fn default() -> Self {
                Self { #(#fields: ::core::default::Default::default(),)* }
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::clone::Clone for #name #type_generics
        where
            #(for<'__x> #types: ::core::clone::Clone,)*
        {
            fn clone(&self) -> Self {
                Self { #(#fields: ::core::clone::Clone::clone(&self.#fields),)* }
            }
        }
    }
}
