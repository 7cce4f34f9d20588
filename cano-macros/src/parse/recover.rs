//! How to go on behind what cannot be read.

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};
use syn::{Fields, Ident, Token, ext::IdentExt, parse::ParseStream, token};

use crate::mistake::{Mistake, with_help};

/// What the parser says of the row of a state, with what a row is.
pub(super) fn explained(error: syn::Error, name: &str) -> syn::Error {
    let text = error.to_string();
    let help = match text.trim_start_matches("unexpected end of input, ") {
        "expected `:`" => "a field of a state has a type: `field: Type`".to_owned(),
        "expected `,`" => "rows, arms and fields are separated by commas".to_owned(),
        "expected `=>`" => {
            "write `Outcome => Next`; the outcomes of several tasks stand in brackets: `(A, B) => Next`"
                .to_owned()
        }
        _ => help_for_a_keyword(&text).unwrap_or_else(|| row_forms(name)),
    };
    with_help(error, &help)
}

/// What to write where the parser has found a keyword and no name.
pub(super) fn help_for_a_keyword(error: &str) -> Option<String> {
    match error.strip_prefix("expected identifier, found keyword ")?.trim_matches('`') {
        "mut" => Some(
            "remove it: nothing changes a field, a route gives the next state's fields their values"
                .to_owned(),
        ),
        keyword => Some(other_name(keyword)),
    }
}

pub(super) fn row_forms(name: &str) -> String {
    format!("write `{name} = task >> Next`, or `{name} = match task {{ Outcome => Next, .. }}`")
}

pub(super) fn skip_to(input: ParseStream, found: fn(ParseStream) -> bool) {
    while !input.is_empty() && !found(input) {
        let _ = input.parse::<TokenTree>();
    }
}

/// The fields of a state behind one token that does not belong before them.
pub(super) fn fields_behind(content: ParseStream) -> Fields {
    let behind = |content: ParseStream| {
        content.parse::<TokenTree>()?;
        content.parse().map(Fields::Named)
    };
    content.fork().call(behind).unwrap_or(Fields::Unit)
}

pub(super) fn begins_a_row(content: ParseStream) -> bool {
    let behind = |content: ParseStream| {
        let name: Ident = content.parse()?;
        let is_name = name.unraw().to_string().starts_with(char::is_uppercase);
        let begins = content.is_empty()
            || content.peek(token::Brace)
            || content.peek(token::Paren)
            || content.peek(Token![=])
            || content.peek(Token![,]);
        Ok(is_name && begins)
    };
    content.fork().call(behind).unwrap_or(false)
}

const ITEMS: [&str; 9] = ["fn", "impl", "struct", "enum", "use", "const", "static", "type", "trait"];

/// What begins a row and is no state's name.
pub(super) fn not_a_name(content: ParseStream) -> syn::Error {
    let Ok(found) = content.fork().parse::<TokenTree>() else {
        return content.error("expected a state");
    };
    let word = found.to_string();
    if ITEMS.contains(&word.as_str()) {
        return Mistake::at(found, "a `workflow!` holds states, and nothing else")
            .help(format!("write the `{word}` outside of it"))
            .into();
    }
    if content.fork().call(Ident::parse_any).is_ok() {
        let rule = format!("`{word}` is a keyword, and no name of a state");
        return Mistake::at(found, rule).help(other_name(&word)).into();
    }
    if let TokenTree::Group(name) = &found
        && name.delimiter() == Delimiter::Bracket
    {
        let help = format!("write `#{found}`");
        return Mistake::at(found, "an attribute begins with `#`").help(help).into();
    }
    let rule = "expected the name of a state";
    Mistake::at(found, rule).help(row_forms("State")).into()
}

/// What to write for a keyword where a name has to stand.
fn other_name(keyword: &str) -> String {
    match keyword {
        "_" | "Self" | "self" | "super" | "crate" => "write another name".to_owned(),
        _ => format!("write another name, or `r#{keyword}`"),
    }
}

/// The punctuation that stands here, as one: `=>`.
pub(super) fn operator(content: ParseStream) -> syn::Result<TokenStream> {
    let mut operator = TokenStream::new();
    while let Ok(punct) = content.parse::<Punct>() {
        let is_last = punct.spacing() == Spacing::Alone;
        operator.extend([TokenTree::Punct(punct)]);
        if is_last {
            break;
        }
    }
    Ok(operator)
}

/// The name of the state that is meant, behind what does not belong before it.
pub(super) fn name_behind(content: ParseStream) -> Option<Ident> {
    let word = content.fork().call(Ident::parse_any).map(|word| word.to_string()).unwrap_or_default();
    if ITEMS.contains(&word.as_str()) {
        return None;
    }
    while !ends_a_row(content) && !content.peek(Token![=]) {
        if begins_a_row(content) {
            return content.parse().ok();
        }
        content.parse::<TokenTree>().ok()?;
    }
    None
}

/// Up to the comma behind it, or to the attributes of the next row.
pub(super) fn skip_row(content: ParseStream) {
    while !ends_a_row(content) {
        let _ = content.parse::<TokenTree>();
    }
}

fn ends_a_row(content: ParseStream) -> bool {
    content.is_empty()
        || content.peek(Token![,])
        || (content.peek(Token![#]) && content.peek2(token::Bracket))
}
