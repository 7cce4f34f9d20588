//! Options in brackets: `name = value, name, ..`.

use proc_macro2::{Ident, TokenTree};
use syn::{
    Token,
    parse::{ParseStream, discouraged::Speculative},
};

use crate::mistake::{Mistake, Mistakes, with_help};

/// Reads one after the other. Each that is wrong is told, and the next one is read.
pub(crate) fn each_option(
    input: ParseStream,
    mistakes: &mut Mistakes,
    mut take: impl FnMut(ParseStream) -> syn::Result<()>,
) {
    while !input.is_empty() {
        // On a fork: what is left unread within brackets would be reported again.
        let ahead = input.fork();
        match mistakes.keep(
            take(&ahead).map_err(|error| with_help(error, "write `name = value`, with a comma behind it")),
        ) {
            Some(()) => input.advance_to(&ahead),
            None => skip_option(input),
        }
        if input.parse::<Token![,]>().is_err()
            && let Ok(found) = input.fork().parse::<TokenTree>()
        {
            mistakes.push(
                Mistake::at(found, "expected `,`").code("W0110").help("options are separated by commas"),
            );
            skip_option(input);
            let _ = input.parse::<Token![,]>();
        }
    }
}

/// Reads what stands behind `key`, once.
pub(crate) fn option_value<T>(
    slot: &mut Option<T>,
    key: &Ident,
    example: &str,
    input: ParseStream,
    read: impl FnOnce(ParseStream) -> syn::Result<T>,
) -> syn::Result<()> {
    if slot.is_some() {
        return Err(given_twice(key));
    }
    if !input.peek(Token![=]) {
        return Err(Mistake::at(key, format!("`{key}` has no value"))
            .code("W0110")
            .help(format!("write `{key} = {example}`"))
            .into());
    }
    input.parse::<Token![=]>()?;
    *slot = Some(read(input)?);
    Ok(())
}

pub(crate) fn given_twice(key: &Ident) -> syn::Error {
    Mistake::at(key, format!("`{key}` is given twice")).code("W0110").help("remove one of the two").into()
}

/// Up to the next comma.
fn skip_option(input: ParseStream) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _ = input.parse::<TokenTree>();
    }
}
