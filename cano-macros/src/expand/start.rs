//! How a run begins.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::Parts;
use crate::{
    lend::{Lent, input_type, lend},
    mistake::ours,
    model::State,
};

impl Parts<'_> {
    /// How a run begins: with nothing, or as a task of another workflow.
    pub(super) fn start_impls(&self, start: &State) -> TokenStream {
        let (private, name, at) = (&self.private, &self.workflow.name, self.at);
        let (impl_generics, type_generics, where_clause) = self.workflow.generics.split_for_impl();
        let state = Self::whole(start);
        let bare = start.fields.is_empty().then(|| {
            quote_spanned! {at=>
                #[automatically_derived]
                #[doc(hidden)]
                impl #impl_generics #private::StartWithoutFields for #name #type_generics #where_clause {
                    fn start() -> Self {
                        Self::#state
                    }
                }
            }
        });
        let fields: Vec<_> = start.fields.iter().map(|field| &field.name).collect();
        let types: Vec<_> = start.fields.iter().map(|field| &field.ty).collect();
        let mut nested = self.workflow.generics.clone();
        nested.make_where_clause().predicates.extend(types.iter().map(|ty| -> syn::WherePredicate {
            syn::parse_quote!(for<'__x> #ty: ::core::clone::Clone + ::core::marker::Sync)
        }));
        let places = types.first().zip(types.last()).map(|(first, last)| (first.span(), last.span()));
        let input = input_type(&quote_spanned!(at=> (#(&'__a #types,)*)), places, at);
        let exit_name = &self.workflow.exit_name;
        nested.make_where_clause().predicates.push(syn::parse_quote!(for<'__x> Self: ::core::marker::Send));
        nested
            .make_where_clause()
            .predicates
            .push(syn::parse_quote!(for<'__x> #exit_name #type_generics: ::core::marker::Send));
        let where_clause = &nested.where_clause;
        // At the start state, so that rustc shows its fields where a row lends too few.
        let lent = start.fields.iter().map(|field| {
            let (name, ty) = (field.name.clone(), &field.ty);
            Lent { ty: quote_spanned!(ours(name.span())=> &'__a #ty), name, unknown: None }
        });
        let whole_name = quote!(#name #type_generics);
        let lend = lend(&whole_name, &self.workflow.generics, &lent.collect::<Vec<_>>(), &start.name);
        quote_spanned! {at=>
            #bare
            #lend

            #[automatically_derived]
            #[doc(hidden)]
            impl #impl_generics #private::Nested for #name #type_generics #where_clause {
                #input

                // Not `Self::Input<'_>`: a parameter of the table that no field mentions would have to outlive it.
                fn enter((#(#fields,)*): (#(&#types,)*)) -> Self {
                    #(let #fields = ::core::clone::Clone::clone(#fields);)*
                    Self::#state
                }
            }
        }
    }
}
