//! Where a route leads.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, ExprBlock, ExprCall, ExprStruct, FieldValue, Path, Stmt, Token, punctuated::Punctuated};

use super::{
    name::{bare_name, ungrouped},
    text::text,
};
use crate::mistake::Mistake;

/// The state that a route enters, with the values of its fields.
pub(crate) struct Target {
    pub(crate) state: Ident,
    pub(crate) values: Punctuated<FieldValue, Token![,]>,
    /// Where it ends: behind that rustc proposes another arm.
    end: Span,
}

impl Target {
    pub(super) fn new(target: Expr) -> syn::Result<Self> {
        match ungrouped(target) {
            Expr::Struct(ExprStruct {
                qself: None,
                path,
                fields,
                brace_token,
                rest: None,
                dot2_token: None,
                ..
            }) if path.get_ident().is_some() => Ok(Self {
                state: path.require_ident()?.clone(),
                values: fields,
                end: brace_token.span.close(),
            }),
            // What rustfmt makes of a long arm.
            Expr::Block(ExprBlock { block, label: None, .. })
                if matches!(&*block.stmts, [Stmt::Expr(_, None)]) =>
            {
                match block.stmts.into_iter().next() {
                    Some(Stmt::Expr(inner, None)) => Self::new(inner),
                    _ => unreachable!("the guard has seen it"),
                }
            }
            other => match bare_name(&other) {
                Some(state) => {
                    Ok(Self { state: state.clone(), values: Punctuated::new(), end: state.span() })
                }
                None => Err(not_a_state(&other)),
            },
        }
    }

    /// The state's value, with these values of its fields.
    pub(crate) fn with(&self, values: TokenStream) -> TokenStream {
        let state = &self.state;
        let mut values = Group::new(Delimiter::Brace, values);
        values.set_span(self.end);
        quote_spanned!(self.state.span()=> Self::#state #values)
    }
}

impl ToTokens for Target {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (state, values) = (&self.state, &self.values);
        tokens.extend(quote!(#state { #values }));
    }
}

/// A state in `>> [..]`.
pub(super) fn named(name: Expr) -> syn::Result<Ident> {
    bare_name(&name).cloned().ok_or_else(|| {
        Mistake::at(name, "`>> [..]` holds the names of states")
            .code("W0109")
            .help("write `task >> [StateA, StateB]`; the values of their fields come from this state's fields and from the outcome's, by name")
            .into()
    })
}

fn not_a_state(target: &Expr) -> syn::Error {
    // Of what goes over many lines, only what it begins with.
    let (tokens, help) = match target {
        Expr::If(choice) => (
            choice.if_token.to_token_stream(),
            "write a guard: `Outcome if .. => A`, and `Outcome => B` behind it".to_owned(),
        ),
        Expr::Match(choice) => (
            choice.match_token.to_token_stream(),
            "write the inner patterns into the outer ones: `Outcome(0) => A`, `Outcome(n) => B`".to_owned(),
        ),
        Expr::Block(block) => (
            Ident::new("_", block.block.brace_token.span.open()).to_token_stream(),
            "compute it in the task, or within a field's value: `State { field: { .. } }`".to_owned(),
        ),
        Expr::Struct(with_rest) if with_rest.dot2_token.is_some() => (
            with_rest.dot2_token.to_token_stream(),
            "name each field: `State { field, other: value }`".to_owned(),
        ),
        Expr::Call(call) if is_error(&call.func) => (
            target.to_token_stream(),
            "let the task return the error; an outcome that is no error leads to a state, which may be an exit"
                .to_owned(),
        ),
        Expr::Call(call) if wraps_a_state(call).is_some() => (
            target.to_token_stream(),
            format!("write the state alone: `{}`", wraps_a_state(call).unwrap_or_default()),
        ),
        Expr::Call(call) => (
            target.to_token_stream(),
            format!("write `{}`: the fields of a state have names", with_named_fields(call)),
        ),
        Expr::Path(path) => (target.to_token_stream(), without_a_path(&path.path, "")),
        Expr::Struct(state) => (target.to_token_stream(), without_a_path(&state.path, " { .. }")),
        _ => (
            target.to_token_stream(),
            "write the state's name: `State`, or `State { field, other: value }`".to_owned(),
        ),
    };
    Mistake::at(tokens, "the target of a route is a state of this table")
        .code("W0109")
        .help(help)
        .note("a table is known before it runs, so what a route leads to cannot be computed")
        .into()
}

/// The state in `Ok(State)` or `Some(State)`.
fn wraps_a_state(call: &ExprCall) -> Option<String> {
    let is_named = |name: &str| matches!(&*call.func, Expr::Path(function) if function.path.is_ident(name));
    let state = call.args.first().filter(|_| call.args.len() == 1 && (is_named("Ok") || is_named("Some")))?;
    Some(text(state))
}

/// `State { a, b }` for `State(a, b)`, and an example for any other call.
fn with_named_fields(call: &ExprCall) -> String {
    let named = match &*call.func {
        Expr::Path(state) => state.path.get_ident().map(Ident::to_string),
        _ => None,
    };
    let is_a_state = |name: &String| name.starts_with(char::is_uppercase);
    let state = named.filter(is_a_state).unwrap_or_else(|| "State".to_owned());
    let names: Option<Vec<_>> = call.args.iter().map(|arg| bare_name(arg).map(Ident::to_string)).collect();
    match names {
        Some(names) if !names.is_empty() => format!("{state} {{ {} }}", names.join(", ")),
        _ => format!("{state} {{ field, other: value }}"),
    }
}

fn without_a_path(path: &Path, fields: &str) -> String {
    let state = path.segments.last().map_or_else(|| "State".to_owned(), |last| last.ident.to_string());
    format!("write the state's name alone, without a path: `{state}{fields}`")
}

fn is_error(function: &Expr) -> bool {
    matches!(function, Expr::Path(function) if function.path.is_ident("Err"))
}
