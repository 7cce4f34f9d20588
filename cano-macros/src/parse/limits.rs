use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Expr, ExprPath, Path, parse::ParseStream, spanned::Spanned};

use crate::mistake::{Mistake, blamed, ours};

/// What stands behind `limit =`, or in `#[limit(..)]`: the statics that limit a task.
pub(crate) struct Limits(Vec<Path>);

const HELP: &str = "write the path of a static, as in `limit = BANK`; several are asked in their order: `limit = (BANK, MAILER)`";
const ROW_HELP: &str = "write the path of a static, as in `#[limit(BANK)]`; several are asked in their order: `#[limit(BANK, MAILER)]`";

impl Limits {
    pub(crate) fn paths(&self) -> &[Path] {
        &self.0
    }

    /// One path, or a tuple of them.
    pub(crate) fn parse(input: ParseStream) -> syn::Result<Self> {
        if input.is_empty() {
            return Err(syn::Error::new(input.span(), format!("no limit is named [W0110]\nhelp: {HELP}")));
        }
        match input.parse()? {
            Expr::Tuple(tuple) if !tuple.elems.is_empty() => {
                Ok(Self(tuple.elems.into_iter().map(|limit| path(limit, HELP)).collect::<syn::Result<_>>()?))
            }
            one => Ok(Self(vec![path(one, HELP)?])),
        }
    }

    /// Some paths, and nothing behind them.
    pub(crate) fn parse_list(input: ParseStream) -> syn::Result<Self> {
        let parser = <Expr as syn::parse::Parse>::parse;
        let limits = input.parse_terminated(parser, syn::Token![,]).map_err(|error| {
            syn::Error::new(error.span(), format!("{error} [W0110]\nhelp: limits are separated by commas"))
        })?;
        match limits.is_empty() {
            true => {
                Err(syn::Error::new(input.span(), format!("no limit is named [W0110]\nhelp: {ROW_HELP}")))
            }
            false => {
                Ok(Self(limits.into_iter().map(|limit| path(limit, ROW_HELP)).collect::<syn::Result<_>>()?))
            }
        }
    }

    /// `attempt`, an expression that awaits, once all of them admit it.
    pub(crate) fn around(
        &self,
        private: &TokenStream,
        cx: &TokenStream,
        attempt: TokenStream,
        at: Span,
    ) -> TokenStream {
        // The first is asked first, so it stands round the others.
        self.0.iter().rev().fold(attempt, |attempt, limit| {
            let here = ours(limit.span());
            let limited = blamed(private, here);
            let asked = quote_spanned!(here=> *#limited::as_limit(&#limit));
            quote_spanned!(at=> #private::limited!(#asked, #cx, #attempt))
        })
    }
}

fn path(limit: Expr, help: &str) -> syn::Result<Path> {
    match limit {
        Expr::Path(ExprPath { qself: None, path, .. }) => Ok(path),
        other => Err(Mistake::at(other, "a limit is named by its path").code("W0110").help(help).into()),
    }
}
