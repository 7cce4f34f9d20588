//! An item with the bodies of its functions as they stand: nobody here looks into them, and what is wrong in one rustc
//! tells, once.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;
use syn::{Block, Expr, ImplItem, Item, ItemImpl, Stmt, visit_mut::VisitMut};

use crate::mistake::Mistakes;

/// The item; a body is one statement, whatever its tokens are.
pub(super) fn parse(item: TokenStream) -> syn::Result<Item> {
    let braces = item.clone().into_iter().last();
    let mut parsed = syn::parse2(hidden(item))?;
    Shown.visit_item_mut(&mut parsed);
    if let (Item::Impl(block), Some(TokenTree::Group(braces))) = (&mut parsed, braces) {
        block.brace_token.span = braces.delim_span();
    }
    Ok(parsed)
}

/// Of an impl that is wrong somewhere, those items that are right.
pub(super) fn parse_partly(item: TokenStream) -> Option<Item> {
    let mut all: Vec<_> = hidden(item).into_iter().collect();
    let Some(TokenTree::Group(items)) = all.pop() else { return None };
    let mut block: ItemImpl = syn::parse2(quote!(#(#all)* {})).ok()?;
    let mut mistakes = Mistakes::default();
    let mut one = Vec::new();
    for token in items.stream() {
        let is_last = matches!(&token, TokenTree::Group(body) if is_braced(body))
            || matches!(&token, TokenTree::Punct(end) if end.as_char() == ';');
        one.push(token);
        if is_last {
            let read: syn::Result<ImplItem> = syn::parse2(one.drain(..).collect());
            block.items.extend(mistakes.keep(read));
        }
    }
    Shown.visit_item_impl_mut(&mut block);
    Some(Item::Impl(block))
}

/// The name of what stands for a body. `syn` takes the tokens of a macro's call as they are.
const BODY: &str = "__body";

/// Each body as a call of a macro: of a function the last braces, of an impl the braces in its own.
fn hidden(item: TokenStream) -> TokenStream {
    let mut all: Vec<_> = item.into_iter().collect();
    let is_impl = all.iter().find_map(|token| match token {
        TokenTree::Ident(word) if word == "impl" => Some(true),
        TokenTree::Ident(word) if word == "fn" => Some(false),
        _ => None,
    });
    match (is_impl, all.pop()) {
        (Some(true), Some(TokenTree::Group(items))) => {
            let inner = if is_braced(&items) { each_hidden(items.stream()) } else { items.stream() };
            all.push(with_stream(&items, inner));
        }
        (Some(false), Some(TokenTree::Group(body))) if is_braced(&body) => all.push(as_call(body)),
        (_, last) => all.extend(last),
    }
    all.into_iter().collect()
}

fn is_braced(group: &Group) -> bool {
    group.delimiter() == Delimiter::Brace
}

/// What stands behind a `!` is read by a macro.
fn each_hidden(items: TokenStream) -> TokenStream {
    let mut is_called = false;
    let hide = |token| {
        let is_sign = matches!(&token, TokenTree::Punct(sign) if sign.as_char() == '!');
        let was_called = std::mem::replace(&mut is_called, is_sign);
        match token {
            TokenTree::Group(body) if is_braced(&body) && !was_called => as_call(body),
            other => other,
        }
    };
    items.into_iter().map(hide).collect()
}

/// At the brace that opens: there `syn` says that something else was expected, and not of the whole body.
fn as_call(body: Group) -> TokenTree {
    let name = Ident::new(BODY, body.span());
    with_stream(&body, quote!(#name! { #body }))
}

fn with_stream(group: &Group, stream: TokenStream) -> TokenTree {
    let mut other = Group::new(group.delimiter(), stream);
    other.set_span(group.span_open());
    other.into()
}

/// Puts the tokens of the bodies back.
struct Shown;

impl VisitMut for Shown {
    fn visit_block_mut(&mut self, block: &mut Block) {
        if let [Stmt::Macro(call)] = &*block.stmts
            && call.mac.path.is_ident(BODY)
            && let Some(TokenTree::Group(body)) = call.mac.tokens.clone().into_iter().next()
        {
            block.brace_token.span = body.delim_span();
            block.stmts = vec![Stmt::Expr(Expr::Verbatim(body.stream()), None)];
        }
    }
}
