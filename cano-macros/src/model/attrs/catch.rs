//! `#[catch(..)]`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Expr, Pat, PatGuard, PathSegment, Token, Type,
    parse::{Parse, ParseStream},
    punctuated::Pair,
    spanned::Spanned,
};

use crate::{
    mistake::Mistake,
    model::{name::is_constant_case, plain::only_plain, target::Target, text::text},
};

/// `#[catch(pattern => Target)]`.
pub(crate) struct Catch {
    pub(crate) pattern: CatchPattern,
    pub(crate) target: Target,
}

/// What a `#[catch]` catches.
pub(crate) enum CatchPattern {
    /// Any error, perhaps under a name, perhaps with a guard.
    Any { pat: Pat, name: Option<Ident>, guard: Option<Expr> },
    /// A pattern over one of the task's errors.
    Error { pat: Pat },
}

impl Parse for Catch {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let help = "write `#[catch(error => State { error })]`, or a pattern over the task's error: `#[catch(LedgerError::Closed => State)]`";
        if input.is_empty() {
            let rule =
                format!("`#[catch]` needs an error and the state that it leads to [W0110]\nhelp: {help}");
            return Err(syn::Error::new(input.span(), rule));
        }
        let found: TokenStream = input.fork().parse()?;
        let pat = pattern_with_guard(input).map_err(|_| {
            let rule = "`#[catch]` begins with an error, or with a pattern over one";
            Mistake::at(found, rule).code("W0110").help(help)
        })?;
        if input.is_empty() {
            return Err(Mistake::at(pat, "`#[catch]` does not say where the error leads")
                .code("W0110")
                .help(help)
                .into());
        }
        if let Pat::TupleStruct(result) = &pat
            && (result.path.is_ident("Err") || result.path.is_ident("Ok"))
        {
            let inner = text(&result.elems);
            return Err(Mistake::at(&result.path, "a `#[catch]` is given the error, not a `Result`")
                .code("W0110")
                .help(format!("write `#[catch({inner} => State)]`"))
                .into());
        }
        if let Pat::Lit(_) | Pat::Range(_) = &pat {
            return Err(Mistake::at(pat, "an error is known by its type, not by a text or a number")
                .code("W0110")
                .help("write a pattern over the task's error, or ask in a guard: `#[catch(error if .. => State)]`")
                .into());
        }
        if let Some(mistake) = name_of_a_type(&pat, input) {
            return Err(mistake.into());
        }
        let Ok(_) = input.parse::<Token![=>]>() else {
            let rest: TokenStream = input.parse()?;
            let rule = "the error of a `#[catch]` leads to a state by `=>`";
            return Err(Mistake::at(rest, rule).code("W0110").help(help).into());
        };
        if input.is_empty() {
            let rule = format!("`#[catch]` does not say where the error leads [W0110]\nhelp: {help}");
            return Err(syn::Error::new(input.span(), rule));
        }
        let target = Target::new(only_plain(input)?)?;
        if !input.is_empty() {
            let rest: TokenStream = input.parse()?;
            return Err(Mistake::at(rest, "one `#[catch]` has one pattern and one state")
                .code("W0110")
                .help("write another `#[catch(..)]`; they are tried in their order")
                .into());
        }
        Ok(Self { pattern: CatchPattern::new(pat), target })
    }
}

/// `LedgerError as error` and `error: LedgerError`, by which other languages name an error of one type.
fn name_of_a_type(pat: &Pat, input: ParseStream) -> Option<Mistake> {
    let (name, kind, at) = if input.parse::<Token![as]>().is_ok() {
        let name: Ident = input.parse().ok()?;
        (text(&name), text(&type_of(pat)), quote!(#pat #name))
    } else {
        input.parse::<Token![:]>().ok()?;
        let kind: Type = input.parse().ok()?;
        (text(pat), text(&kind), quote!(#pat #kind))
    };
    let rule = format!("a `#[catch]` cannot give a name to an error of the type `{kind}`");
    let help = format!(
        "name any error, and look for the type in it: `#[catch({name} if {name}.find::<{kind}>().is_some() => State)]`"
    );
    Some(Mistake::at(at, rule).code("W0110").help(help))
}

/// `LedgerError`, of `LedgerError::Closed(_)`.
fn type_of(pat: &Pat) -> TokenStream {
    let path = match pat {
        Pat::Path(unit) => &unit.path,
        Pat::TupleStruct(variant) => &variant.path,
        Pat::Struct(variant) => &variant.path,
        other => return quote!(#other),
    };
    let is_type = |segment: &PathSegment| segment.ident.to_string().starts_with(char::is_uppercase);
    let last = path.segments.iter().position(is_type).unwrap_or(path.segments.len());
    let (lead, segments) = (path.leading_colon, path.segments.pairs().take(last + 1).map(Pair::into_value));
    quote!(#lead #(#segments)::*)
}

fn pattern_with_guard(input: ParseStream) -> syn::Result<Pat> {
    let pat = Box::new(Pat::parse_multi_with_leading_vert(input)?);
    if !input.peek(Token![if]) {
        return Ok(*pat);
    }
    let (if_token, guard) = (input.parse()?, input.parse()?);
    Ok(Pat::Guard(PatGuard { attrs: Vec::new(), pat, if_token, guard: Box::new(guard) }))
}

impl CatchPattern {
    /// A name in lower case is any error, under that name; `_` is any error.
    fn new(pat: Pat) -> Self {
        let (inner, guard) = match &pat {
            Pat::Guard(guarded) => (&*guarded.pat, Some((*guarded.guard).clone())),
            other => (other, None),
        };
        match inner {
            Pat::Wild(_) => Self::Any { name: None, guard, pat },
            Pat::Ident(name) if name.subpat.is_none() && !is_constant_case(&name.ident) => {
                Self::Any { name: Some(name.ident.clone()), guard, pat }
            }
            _ => Self::Error { pat },
        }
    }

    /// Whether no error gets past it.
    pub(crate) fn catches_all(&self) -> bool {
        matches!(self, Self::Any { guard: None, .. })
    }

    /// Whether it is over a panic. The end of a run by its deadline or by its token is none of a task's errors either,
    /// but that of another run may be one, which the task has started.
    pub(crate) fn is_of_a_panic(&self) -> bool {
        let path = match self.pat() {
            Pat::Path(unit) => &unit.path,
            Pat::TupleStruct(variant) => &variant.path,
            Pat::Struct(variant) => &variant.path,
            Pat::Guard(guarded) => return Self::new((*guarded.pat).clone()).is_of_a_panic(),
            _ => return false,
        };
        let mut names = path.segments.iter().rev().map(|segment| &segment.ident);
        names.next().is_some_and(|variant| variant == "Panicked")
            && names.next().is_some_and(|of| of == "CanoError")
    }

    pub(crate) fn span(&self) -> Span {
        self.pat().span()
    }

    pub(crate) fn pat(&self) -> &Pat {
        let (Self::Any { pat, .. } | Self::Error { pat }) = self;
        pat
    }
}

impl ToTokens for Catch {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (pat, target) = (self.pattern.pat(), &self.target);
        tokens.extend(quote!(#pat => #target));
    }
}
