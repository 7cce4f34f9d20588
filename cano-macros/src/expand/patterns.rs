//! The arms of a row as the arms of a `match`.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Pat, PatIdent, PatPath, Path};

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
        let mut pat = pat.clone();
        at_the_top(&mut pat, &|pat| match (self.aliases, pat) {
            ([_], one) => self.name(one, 0),
            (several, Pat::Tuple(tuple)) if tuple.elems.len() == several.len() => {
                for (i, elem) in tuple.elems.iter_mut().enumerate() {
                    at_the_top(elem, &|elem| self.name(elem, i));
                }
            }
            _ => {}
        });
        pat
    }

    /// The prefix on a name of an outcome of task `i`.
    fn name(&self, pat: &mut Pat, i: usize) {
        match pat {
            Pat::Ident(bound)
                if bound.by_ref.is_none() && bound.mutability.is_none() && is_constant_case(&bound.ident) =>
            {
                let path = self.path(&bound.ident, i);
                *pat = Pat::Path(PatPath { attrs: Vec::new(), qself: None, path });
            }
            Pat::TupleStruct(variant) if variant.qself.is_none() => self.prefix(&mut variant.path, i),
            Pat::Struct(variant) if variant.qself.is_none() => self.prefix(&mut variant.path, i),
            _ => {}
        }
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

/// Changes what stands behind guards, brackets and `name @`, in each of several alternatives.
fn at_the_top(pat: &mut Pat, change: &dyn Fn(&mut Pat)) {
    match pat {
        Pat::Guard(guarded) => at_the_top(&mut guarded.pat, change),
        Pat::Or(or) => or.cases.iter_mut().for_each(|case| at_the_top(case, change)),
        Pat::Paren(paren) => at_the_top(&mut paren.pat, change),
        Pat::Ident(PatIdent { subpat: Some((_, inner)), .. }) => at_the_top(inner, change),
        other => change(other),
    }
}
