use syn::{Expr, ExprLit, Ident, Lit, LitStr, Token, parse::ParseStream};

use crate::{mistake::Mistake, suggest::did_you_mean};

/// What stands in `#[schedule(..)]`.
pub(crate) struct Schedule {
    pub(crate) expression: LitStr,
    pub(crate) zone: Option<LitStr>,
}

const EXAMPLE: &str = "write it as in `#[schedule(\"0 9 * * *\", zone = \"Europe/Berlin\")]`";

impl Schedule {
    pub(crate) fn parse(input: ParseStream) -> syn::Result<Self> {
        let expression = text(input, "a schedule is a cron expression as text")?;
        let mut zone = None;
        while !input.is_empty() {
            if !input.peek(Token![,]) {
                let rest: proc_macro2::TokenStream = input.parse()?;
                return Err(mistake(rest, "a schedule is one text, and its zone"));
            }
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            if !input.peek(Ident) {
                let rest: proc_macro2::TokenStream = input.parse()?;
                return Err(mistake(rest, "a workflow has one schedule"));
            }
            let key: Ident = input.parse()?;
            if key != "zone" {
                let help = did_you_mean(&key.to_string(), "the option of `schedule` is", ["zone"]);
                let rule = format!("`schedule` has no option `{key}`");
                return Err(Mistake::at(&key, rule).code("W0110").help(help).into());
            }
            if zone.is_some() {
                return Err(Mistake::at(&key, "this is said twice")
                    .code("W0110")
                    .help("remove one of the two")
                    .into());
            }
            if !input.peek(Token![=]) {
                return Err(mistake(&key, "`zone` does not say which"));
            }
            input.parse::<Token![=]>()?;
            zone = Some(text(input, "a zone is a name as text")?);
        }
        Ok(Self { expression, zone })
    }
}

fn text(input: ParseStream, rule: &str) -> syn::Result<LitStr> {
    if input.is_empty() {
        return Err(syn::Error::new(input.span(), format!("{rule} [W0110]\nhelp: {EXAMPLE}")));
    }
    match input.parse()? {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text),
        other => Err(mistake(other, rule)),
    }
}

fn mistake(tokens: impl quote::ToTokens, rule: &str) -> syn::Error {
    Mistake::at(tokens, rule).code("W0110").help(EXAMPLE).into()
}
