use syn::{Expr, ExprLit, Ident, Lit, LitStr, parse::ParseStream};

use super::options::{each_option, option_value};
use crate::{
    mistake::{Mistake, Mistakes},
    suggest::did_you_mean,
};

/// What stands in `#[schedule(..)]`.
pub(crate) struct Schedule {
    pub(crate) expression: LitStr,
    pub(crate) zone: Option<LitStr>,
}

const EXAMPLE: &str = "write it as in `#[schedule(\"0 9 * * *\", zone = \"Europe/Berlin\")]`";

impl Schedule {
    pub(crate) fn parse(input: ParseStream) -> syn::Result<Self> {
        let (mut expression, mut zone) = (None, None);
        let (mut places, mut mistakes) = (0.., Mistakes::default());
        each_option(input, &mut mistakes, |input| match places.next() {
            Some(0) => {
                expression = Some(text(input, "a schedule is a cron expression as text")?);
                Ok(())
            }
            _ => {
                let key = zone_key(input)?;
                let name = |input: ParseStream| text(input, "a zone is a name as text");
                option_value(&mut zone, &key, "\"Europe/Berlin\"", input, name)
            }
        });
        mistakes.into_result()?;
        match expression {
            Some(expression) => Ok(Self { expression, zone }),
            None => Err(syn::Error::new(
                input.span(),
                format!("a schedule is a cron expression as text [W0110]\nhelp: {EXAMPLE}"),
            )),
        }
    }
}

fn zone_key(input: ParseStream) -> syn::Result<Ident> {
    if !input.peek(Ident) {
        return Err(mistake(input.parse::<Expr>()?, "a workflow has one schedule"));
    }
    let key: Ident = input.parse()?;
    if key == "zone" {
        return Ok(key);
    }
    let help = did_you_mean(&key.to_string(), "the option of `schedule` is", ["zone"]);
    Err(Mistake::at(&key, format!("`schedule` has no option `{key}`")).code("W0110").help(help).into())
}

fn text(input: ParseStream, rule: &str) -> syn::Result<LitStr> {
    match input.parse()? {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text),
        other => Err(mistake(other, rule)),
    }
}

fn mistake(tokens: impl quote::ToTokens, rule: &str) -> syn::Error {
    Mistake::at(tokens, rule).code("W0110").help(EXAMPLE).into()
}
