//! The parameters of a task: what a row lends, the store, the context.

mod input;

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{
    Attribute, FnArg, Generics, Pat, PatType, Token, Type, TypeReference, spanned::Spanned,
    visit_mut::VisitMut,
};

pub(super) use self::input::Input;
use super::{bodies, result::has_impl_trait};
use crate::{
    lend::{Lent, one_piece},
    mistake::{Mistake, Mistakes, ours},
};

/// A task's parameters, in the order of the call.
pub(super) struct Params {
    pub(super) all: Vec<Param>,
}

/// One parameter.
pub(super) enum Param {
    /// Lent by the row.
    Input(Input),
    Store(Store),
    /// Where its type stands.
    Cx(Span),
}

/// The store.
pub(super) struct Store {
    /// Its type behind the reference.
    pub(super) ty: Type,
}

impl Params {
    /// Reads the parameters, and takes their marks (`#[store]`, `#[context]`) away.
    pub(super) fn new<'a>(params: impl Iterator<Item = &'a mut FnArg>) -> syn::Result<Self> {
        let (mut all, mut mistakes) = (Vec::<Param>::new(), Mistakes::default());
        for param in params {
            let FnArg::Typed(param) = param else { continue };
            let Some(one) = mistakes.keep(Param::new(param, all.len())) else { continue };
            let what = match &one {
                Param::Store(_) => "store",
                Param::Cx(_) => "context",
                Param::Input(_) => "",
            };
            if !what.is_empty()
                && all.iter().any(|other| std::mem::discriminant(other) == std::mem::discriminant(&one))
            {
                mistakes.push(Mistake::at(param, format!("a task has one {what}")).help(
                    "give this parameter another name if a row lends it, or let one store provide the other",
                ));
            }
            all.push(one);
        }
        mistakes.into_result()?;
        Ok(Self { all })
    }

    pub(super) fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.all.iter().filter_map(|param| match param {
            Param::Input(input) => Some(input),
            _ => None,
        })
    }

    pub(super) fn store(&self) -> Option<&Store> {
        self.all.iter().find_map(|param| match param {
            Param::Store(store) => Some(store),
            _ => None,
        })
    }

    /// What a row says of them. It cannot say what `free` are: the type that it names does not have them.
    pub(super) fn lent(&self, free: &Generics) -> Vec<Lent> {
        self.inputs().map(|input| input.lent(free)).collect()
    }

    /// `(&'__a A, &'__a B,)`.
    pub(super) fn input_type(&self) -> TokenStream {
        let types = self.inputs().map(Input::lent_type);
        let at = self.input_spans().map_or_else(Span::call_site, |(first, _)| ours(first));
        quote_spanned!(at=> (#(#types,)*))
    }

    /// Where the first and the last of their types stand.
    pub(super) fn input_spans(&self) -> Option<(Span, Span)> {
        Some((self.inputs().next()?.ty.span(), self.inputs().last()?.ty.span()))
    }

    /// `(__0, __1,)`.
    pub(super) fn input_pattern(&self) -> TokenStream {
        let locals = self.inputs().map(|input| &input.local);
        quote!((#(#locals,)*))
    }

    /// The arguments of the call.
    pub(super) fn arguments(&self) -> Vec<TokenStream> {
        self.all.iter().map(Param::argument).collect()
    }
}

/// Whether a parameter, with its marks, is lent by a row.
pub(super) fn is_input(param: &PatType) -> bool {
    let is_marked =
        param.attrs.iter().any(|attr| attr.path().is_ident("store") || attr.path().is_ident("context"));
    !is_marked && !named(param, &STORE_NAMES) && !named(param, &CONTEXT_NAMES)
}

const STORE_NAMES: [&str; 2] = ["store", "_store"];
const CONTEXT_NAMES: [&str; 2] = ["cx", "_cx"];

impl Param {
    fn new(param: &mut PatType, index: usize) -> syn::Result<Self> {
        let is_store = take(&mut param.attrs, "store") || named(param, &STORE_NAMES);
        let is_context = take(&mut param.attrs, "context") || named(param, &CONTEXT_NAMES);
        if is_store || is_context {
            let what = if is_store { "store" } else { "context" };
            let Type::Reference(TypeReference { mutability: None, elem, .. }) = &*param.ty else {
                let ty = crate::model::text(&param.ty)
                    .trim_start_matches('&')
                    .trim_start_matches("mut ")
                    .to_owned();
                return Err(Mistake::at(
                    &param.ty,
                    format!("the {what} is shared, and comes as a reference"),
                )
                .help(format!("write `&{ty}`"))
                .into());
            };
            return Ok(if is_context {
                Self::Cx(ours(param.ty.span()))
            } else {
                Self::Store(Store { ty: (**elem).clone() })
            });
        }
        let name = match &*param.pat {
            Pat::Ident(name) => Some(name.ident.clone()),
            _ => None,
        };
        let local = format_ident!("__{index}", span = ours(param.ty.span()));
        match &*param.ty {
            Type::Reference(TypeReference { mutability: Some(_), .. }) => {
                Err(Mistake::at(&param.ty, "a task's inputs are lent, and cannot be changed")
                    .help("take it by value (a clone is made for each attempt) or as `&`, and return what is new in the outcome")
                    .note("an attempt that fails is repeated on the same input")
                    .into())
            }
            ty if has_impl_trait(ty) => Err(Mistake::at(&param.ty, "an input of a task has one type")
                .help("write the type; only the store may be `&impl Trait`")
                .into()),
            Type::Reference(reference) if is_type(&reference.elem, "Cx") => {
                let rule = "a row lends no `Cx`: what a task may know of its attempt is its parameter `cx`";
                Err(Mistake::at(&param.pat, rule).help("name it `cx` or `_cx`, or mark it: `#[context]`").into())
            }
            Type::Reference(reference) if is_type(&reference.elem, "MemoryStore") => {
                let rule = "a row lends no store: a task's store is its parameter `store`";
                Err(Mistake::at(&param.pat, rule).help("name it `store` or `_store`, or mark it: `#[store]`").into())
            }
            Type::Reference(reference) => {
                Ok(Self::Input(Input { name, ty: (*reference.elem).clone(), by_value: false, local }))
            }
            ty if is_unsized(ty) => {
                let (ty, lent) = (crate::model::text(ty), crate::model::text(&lent(ty)));
                Err(Mistake::at(&param.ty, format!("a `{ty}` has no size that is known, so it is lent"))
                    .help(format!("write `{lent}`"))
                    .into())
            }
            ty => Ok(Self::Input(Input { name, ty: ty.clone(), by_value: true, local })),
        }
    }

    pub(super) fn argument(&self) -> TokenStream {
        match self {
            Self::Input(input) => input.argument_from(input),
            Self::Store(store) => quote_spanned!(ours(store.ty.span())=> __store),
            Self::Cx(span) => quote_spanned!(*span=> __cx),
        }
    }
}

/// The item without `#[store]` and `#[context]` on its parameters, for when it is emitted as it was. What has no size is
/// lent, because rustc would tell that again.
pub(super) fn without_markers(item: TokenStream) -> TokenStream {
    struct Strip;
    impl VisitMut for Strip {
        fn visit_pat_type_mut(&mut self, param: &mut PatType) {
            take(&mut param.attrs, "store");
            take(&mut param.attrs, "context");
            if is_unsized(&param.ty) {
                *param.ty = lent(&param.ty);
            }
        }
    }
    match bodies::parse(item.clone()) {
        Ok(mut parsed) => {
            Strip.visit_item_mut(&mut parsed);
            quote!(#parsed)
        }
        Err(_) => item,
    }
}

fn is_unsized(ty: &Type) -> bool {
    match ty {
        Type::Slice(_) | Type::TraitObject(_) => true,
        ty => is_type(ty, "str"),
    }
}

fn lent(ty: &Type) -> Type {
    Type::Reference(TypeReference {
        attrs: Vec::new(),
        and_token: Token![&](ty.span()),
        lifetime: None,
        mutability: None,
        elem: Box::new(one_piece(ty)),
    })
}

/// Takes a mark away, and says whether it was there.
fn take(attrs: &mut Vec<Attribute>, mark: &str) -> bool {
    let before = attrs.len();
    attrs.retain(|attr| !attr.path().is_ident(mark));
    attrs.len() != before
}

fn named(param: &PatType, names: &[&str]) -> bool {
    matches!(&*param.pat, Pat::Ident(name) if names.iter().any(|wanted| name.ident == wanted))
}

/// A type of this name, or a path to it.
fn is_type(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}
