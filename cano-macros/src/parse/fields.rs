use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Field, Fields, FieldsNamed, Ident, Token, Type, braced,
    ext::IdentExt,
    parenthesized,
    parse::{ParseStream, Parser, discouraged::Speculative},
    punctuated::Punctuated,
    token,
};

use super::{attributes::attributes, recover::help_for_a_keyword};
use crate::{
    mistake::{Mistake, Mistakes, with_help},
    model::text,
};

/// How the name of a field begins that has none.
const UNNAMED: &str = "__unread_";

pub(super) fn is_named(field: &Field) -> bool {
    !field.ident.as_ref().is_some_and(|name| name.to_string().starts_with(UNNAMED))
}

/// The fields of a state. One that is wrong is told and stands there all the same, with a type of which rustc is silent.
pub(super) fn fields(input: ParseStream, mistakes: &mut Mistakes) -> syn::Result<FieldsNamed> {
    let content;
    let brace_token = braced!(content in input);
    let mut named = Punctuated::new();
    while !content.is_empty() {
        let ahead = content.fork();
        match field(&ahead, mistakes) {
            Ok(mut field) => {
                content.advance_to(&ahead);
                if !content.is_empty() && !content.peek(Token![,]) {
                    let error = no_comma(&content);
                    if !begins_a_field(&content) {
                        // What was read of the type may not be all that was meant.
                        field.ty = Type::Verbatim(mistakes.unread());
                        skip_to_field(&content);
                    }
                    mistakes.push_syntax(error);
                }
                named.push_value(field);
            }
            Err(error) => {
                let help = help_for_a_keyword(&error.to_string());
                let help = help.unwrap_or_else(|| "a field of a state has a type: `field: Type`".to_owned());
                let error = with_help(error, &help);
                mistakes.push_syntax(error);
                let field = unread_field(&content, named.len(), &mistakes.unread());
                if !content.peek(Token![,]) {
                    skip_to_field(&content);
                }
                // Else it was something that does not belong before the next field.
                if content.is_empty() || content.peek(Token![,]) {
                    named.extend(field);
                }
            }
        }
        let comma = content.parse::<Option<Token![,]>>()?;
        if !named.empty_or_trailing() && !content.is_empty() {
            named.push_punct(comma.unwrap_or_default());
        }
    }
    Ok(FieldsNamed { brace_token, named })
}

/// Fields that stand in `(..)`; what is written there as in braces is read like that.
pub(super) fn in_round_brackets(
    content: ParseStream,
    state: &Ident,
    mistakes: &mut Mistakes,
) -> syn::Result<Fields> {
    let inner = |content: ParseStream| {
        let inner;
        parenthesized!(inner in content);
        inner.parse_terminated(Field::parse_named, Token![,])
    };
    let Ok(named) = content.fork().call(inner) else { return Ok(Fields::Unnamed(content.parse()?)) };
    let brackets: TokenTree = content.parse()?;
    if named.is_empty() {
        mistakes.push(
            Mistake::at(brackets, format!("state `{state}` has no fields"))
                .code("W0113")
                .help(format!("write `{state}`, without brackets")),
        );
        return Ok(Fields::Unit);
    }
    mistakes.push(
        Mistake::at(brackets, format!("the fields of state `{state}` stand in braces"))
            .code("W0113")
            .help(format!("write `{state} {{ {} }}`", text(&named))),
    );
    Ok(Fields::Named(FieldsNamed { brace_token: token::Brace::default(), named }))
}

fn field(input: ParseStream, mistakes: &mut Mistakes) -> syn::Result<Field> {
    let (attrs, _) = attributes(input, mistakes);
    if input.peek(Token![,]) {
        let found: Token![,] = input.parse()?;
        return Err(Mistake::at(found, "a comma without a field before it").help("remove the comma").into());
    }
    if input.peek(Token![_]) {
        let found: Token![_] = input.parse()?;
        return Err(Mistake::at(found, "a field of a state has a name").help("write `field: Type`").into());
    }
    Ok(Field { attrs, ..Field::parse_named(input)? })
}

/// What was to be a field, under its name if it has one; `None` of a comma without a field.
fn unread_field(input: ParseStream, place: usize, unread: &TokenStream) -> Option<Field> {
    if input.peek(Token![,]) {
        return None;
    }
    let ahead = input.fork();
    let name: syn::Result<Ident> = ahead.parse();
    let name = name.unwrap_or_else(|_| quote::format_ident!("{UNNAMED}{place}", span = input.span()));
    Field::parse_named.parse2(quote::quote!(#name: #unread)).ok()
}

fn no_comma(input: ParseStream) -> syn::Error {
    match input.fork().parse::<TokenTree>() {
        Ok(found) => {
            Mistake::at(found, "expected `,`").help("rows, arms and fields are separated by commas").into()
        }
        Err(error) => error,
    }
}

/// Up to a comma that a field follows, to a field without one, or to the end.
fn skip_to_field(input: ParseStream) {
    while input.parse::<TokenTree>().is_ok() && !input.is_empty() {
        let at_comma = input.fork();
        let is_comma = at_comma.parse::<Token![,]>().is_ok();
        if (is_comma && (at_comma.is_empty() || begins_a_field(&at_comma))) || begins_a_field(input) {
            return;
        }
    }
}

fn begins_a_field(input: ParseStream) -> bool {
    input.peek(Token![#])
        || (input.peek(Ident::peek_any) && input.peek2(Token![:]) && !input.peek2(Token![::]))
}
