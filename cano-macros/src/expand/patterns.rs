//! The arms of a row as the arms of a `match`.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Pat, PatPath, Path};

use crate::model::is_constant_case;

/// The outcome types of a row's tasks: the aliases by which their variants are named.
pub(super) struct Outcomes<'a> {
    pub(super) aliases: &'a [Ident],
    /// The turbofish of the aliases.
    pub(super) generics: TokenStream,
}

impl Outcomes<'_> {
    /// The pattern with the type's prefix on the names of outcomes: at the top, and in the positions of a tuple where
    /// the row has several tasks. All else, and every span, stays as written.
    pub(super) fn qualify(&self, pat: &Pat) -> Pat {
        match (self.aliases, pat) {
            ([_], _) => self.name(pat, 0),
            (_, Pat::Guard(guarded)) => {
                let mut guarded = guarded.clone();
                *guarded.pat = self.qualify(&guarded.pat);
                Pat::Guard(guarded)
            }
            (_, Pat::Or(or)) => {
                let mut or = or.clone();
                or.cases.iter_mut().for_each(|case| *case = self.qualify(case));
                Pat::Or(or)
            }
            (_, Pat::Paren(paren)) => {
                let mut paren = paren.clone();
                *paren.pat = self.qualify(&paren.pat);
                Pat::Paren(paren)
            }
            (_, Pat::Ident(bound)) if bound.subpat.is_some() => {
                let mut bound = bound.clone();
                if let Some((_, inner)) = &mut bound.subpat {
                    **inner = self.qualify(inner);
                }
                Pat::Ident(bound)
            }
            (_, Pat::Tuple(tuple)) if tuple.elems.len() == self.aliases.len() => {
                let mut tuple = tuple.clone();
                tuple.elems.iter_mut().enumerate().for_each(|(i, elem)| *elem = self.name(elem, i));
                Pat::Tuple(tuple)
            }
            (_, other) => other.clone(),
        }
    }

    /// The pattern over the outcome of task `i`.
    fn name(&self, pat: &Pat, i: usize) -> Pat {
        let mut pat = pat.clone();
        match &mut pat {
            Pat::Guard(guarded) => *guarded.pat = self.name(&guarded.pat, i),
            Pat::Or(or) => or.cases.iter_mut().for_each(|case| *case = self.name(case, i)),
            Pat::Paren(paren) => *paren.pat = self.name(&paren.pat, i),
            Pat::Ident(bound) => match &mut bound.subpat {
                Some((_, inner)) => **inner = self.name(inner, i),
                None if bound.by_ref.is_none()
                    && bound.mutability.is_none()
                    && is_constant_case(&bound.ident) =>
                {
                    let path = self.path(&bound.ident, i);
                    return Pat::Path(PatPath { attrs: Vec::new(), qself: None, path });
                }
                None => {}
            },
            Pat::TupleStruct(variant) if variant.qself.is_none() => self.prefix(&mut variant.path, i),
            Pat::Struct(variant) if variant.qself.is_none() => self.prefix(&mut variant.path, i),
            _ => {}
        }
        pat
    }

    fn prefix(&self, path: &mut Path, i: usize) {
        if let Some(name) = path.get_ident().cloned() {
            *path = self.path(&name, i);
        }
    }

    fn path(&self, variant: &Ident, i: usize) -> Path {
        let path: TokenStream = self.of(variant, i);
        syn::parse2(path).expect("it is an alias with its generics and a name")
    }

    /// `__O::Variant`.
    pub(super) fn of(&self, variant: &Ident, i: usize) -> TokenStream {
        let mut alias = self.aliases[i].clone();
        alias.set_span(variant.span());
        let generics = &self.generics;
        let prefix = quote_spanned!(variant.span()=> #alias #generics ::);
        quote!(#prefix #variant)
    }
}
