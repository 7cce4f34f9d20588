use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{
    Expr, ExprLit, ExprUnary, Ident, Lit, LitStr, Path, Token, UnOp,
    parse::{Parse, ParseStream},
    spanned::Spanned,
    token,
};

use super::duration::{duration, duration_value};
use crate::{
    mistake::{Mistake, blamed, ours},
    suggest::did_you_mean,
};

/// What stands behind `retry =`, or in `#[retry(..)]`.
pub(crate) struct Policy {
    rule: Rule,
    /// Where it stands.
    span: Span,
}

enum Rule {
    None,
    Fixed {
        retries: u32,
        delay: Duration,
        within: Option<Duration>,
    },
    Exponential {
        retries: u32,
        base: Option<Duration>,
        max: Option<Duration>,
        jitter: Option<f64>,
        within: Option<Duration>,
    },
    /// A constant or function that yields a `TaskConfig`.
    Path(Path),
}

const FORMS: &str = "write `none`, `fixed(3, \"1s\")`, `exponential(5)`, `exponential(5, base = \"100ms\", max = \"30s\", jitter = 0.1, within = \"1m\")`, or the path of a `TaskConfig`";

impl Policy {
    /// The path of a `TaskConfig`, which may say more than a policy.
    pub(crate) fn path(&self) -> Option<&Path> {
        match &self.rule {
            Rule::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The expression of the `TaskConfig`.
    pub(crate) fn expand(&self, private: &TokenStream) -> TokenStream {
        let at = ours(self.span);
        let private = &blamed(private, at);
        let config = quote_spanned!(at=> #private::TaskConfig);
        let with = |setting: &str, of: &Option<Duration>| {
            let setting = Ident::new(setting, at);
            let value = of.map(|of| duration_value(private, of, at));
            value.map(|value| quote_spanned!(at=> .#setting(#value)))
        };
        match &self.rule {
            Rule::None => quote_spanned!(at=> #config::minimal()),
            Rule::Fixed { retries, delay, within } => {
                let (delay, within) =
                    (duration_value(private, *delay, at), with("with_retry_budget", within));
                quote_spanned!(at=> #config::with_fixed_retry(#retries, #delay) #within)
            }
            Rule::Exponential { retries, base, max, jitter, within } => {
                let (base, max) = (with("with_base", base), with("with_max_delay", max));
                let jitter = jitter.map(|jitter| quote_spanned!(at=> .with_jitter(#jitter)));
                let within = with("with_retry_budget", within);
                quote_spanned!(at=> #config::with_exponential_retry(#retries) #base #max #jitter #within)
            }
            Rule::Path(path) => {
                let call = Ident::new("policy", ours(path.span()));
                quote_spanned!(at=> #private::Policy::#call(#path))
            }
        }
    }
}

impl Parse for Policy {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let span = input.span();
        Ok(Self { rule: input.parse()?, span })
    }
}

impl Parse for Rule {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        if !input.peek(Ident) && !input.peek(Token![::]) {
            return Err(syn::Error::new(
                input.span(),
                format!("expected a retry policy [W0110]\nhelp: {FORMS}"),
            ));
        }
        let path: Path = input.parse()?;
        let name = path.get_ident().map(ToString::to_string).unwrap_or_default();
        if !input.peek(token::Paren) {
            return match name.as_str() {
                "none" => Ok(Self::None),
                "fixed" | "exponential" => {
                    let rule = format!("`{name}` needs the number of retries");
                    Err(Mistake::at(path, rule).code("W0110").help(FORMS).into())
                }
                _ => Ok(Self::Path(path)),
            };
        }
        let content;
        syn::parenthesized!(content in input);
        match name.as_str() {
            "fixed" => fixed(&content),
            "exponential" => exponential(&content),
            _ => {
                content.parse::<TokenStream>()?;
                let help = match crate::suggest::nearest(&name, ["none", "fixed", "exponential"]) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("{FORMS}; a function is named without `()`"),
                };
                Err(Mistake::at(path, "not a retry policy").code("W0110").help(help).into())
            }
        }
    }
}

fn fixed(content: ParseStream) -> syn::Result<Rule> {
    let retries = retries(content, "fixed")?;
    if content.is_empty() {
        let rule = format!("`fixed` needs the delay between attempts [W0110]\nhelp: {FORMS}");
        return Err(syn::Error::new(content.span(), rule));
    }
    content.parse::<Token![,]>()?;
    let delay = duration(&string(content)?)?;
    let within = within(content)?;
    Ok(Rule::Fixed { retries, delay, within })
}

fn exponential(content: ParseStream) -> syn::Result<Rule> {
    let retries = retries(content, "exponential")?;
    let (mut base, mut max, mut jitter, mut within) = (None, None, None, None);
    while !content.is_empty() {
        content.parse::<Token![,]>()?;
        if content.is_empty() {
            break;
        }
        if !content.peek(Ident) {
            let value: Expr = content.parse()?;
            return Err(Mistake::at(value, "an option of `exponential` has a name")
                .code("W0110")
                .help(FORMS)
                .into());
        }
        let key: Ident = content.parse()?;
        let name = key.to_string();
        let repeated = match name.as_str() {
            "base" => base.is_some(),
            "max" => max.is_some(),
            "jitter" => jitter.is_some(),
            "within" => within.is_some(),
            _ => {
                let help = did_you_mean(
                    &name,
                    "the options of `exponential` are",
                    ["base", "max", "jitter", "within"],
                );
                let rule = format!("`exponential` has no option `{name}`");
                return Err(Mistake::at(key, rule).code("W0110").help(help).into());
            }
        };
        if repeated {
            return Err(Mistake::at(key, format!("`{name}` is given twice"))
                .code("W0110")
                .help("remove one of the two")
                .into());
        }
        if content.parse::<Token![=]>().is_err() {
            let example = if name == "jitter" { "0.1" } else { "\"1s\"" };
            return Err(Mistake::at(key, format!("`{name}` has no value"))
                .code("W0110")
                .help(format!("write `{name} = {example}`"))
                .into());
        }
        match name.as_str() {
            "base" => base = Some(duration(&string(content)?)?),
            "max" => max = Some(duration(&string(content)?)?),
            "within" => within = Some(budget(content)?),
            _ => jitter = Some(part(content)?),
        }
    }
    Ok(Rule::Exponential { retries, base, max, jitter, within })
}

fn retries(content: ParseStream, of: &str) -> syn::Result<u32> {
    if content.is_empty() {
        let rule = format!("`{of}` needs the number of retries [W0110]\nhelp: {FORMS}");
        return Err(syn::Error::new(content.span(), rule));
    }
    let number: Expr = content.parse()?;
    let count = match &number {
        Expr::Lit(ExprLit { lit: Lit::Int(count), .. }) => count.base10_parse::<u32>().ok(),
        _ => None,
    };
    match count {
        Some(count) if count > 0 => Ok(count),
        Some(_) => Err(Mistake::at(number, "a policy with no retries repeats nothing")
            .code("W0110")
            .help("write `none` for no retries, or how many may follow the first attempt")
            .into()),
        None => Err(Mistake::at(number, "the number of retries is a whole number from 1 to 4294967295")
            .code("W0110")
            .help(FORMS)
            .into()),
    }
}

fn string(content: ParseStream) -> syn::Result<LitStr> {
    let value: Expr = content.parse()?;
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text),
        other => Err(Mistake::at(other, "a delay is a text with its unit")
            .code("W0110")
            .help("write it as in \"250ms\", \"2s\" or \"1m 30s\"")
            .into()),
    }
}

fn part(content: ParseStream) -> syn::Result<f64> {
    let value: Expr = content.parse()?;
    let number = match &value {
        Expr::Lit(ExprLit { lit: Lit::Float(part), .. }) => part.base10_parse::<f64>().ok(),
        Expr::Lit(ExprLit { lit: Lit::Int(part), .. }) => part.base10_parse::<f64>().ok(),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), .. }) => Some(-1.0),
        _ => None,
    };
    match number {
        Some(part) if (0.0..=1.0).contains(&part) => Ok(part),
        _ => Err(Mistake::at(value, "a jitter is a part of the delay, from 0.0 to 1.0")
            .code("W0110")
            .help("write `jitter = 0.1` for delays that are up to a tenth longer or shorter")
            .into()),
    }
}

/// The time after the first failure within which a retry may begin.
fn budget(content: ParseStream) -> syn::Result<Duration> {
    let text = string(content)?;
    let within = duration(&text)?;
    if within.is_zero() {
        return Err(Mistake::at(text, "no retry begins within no time")
            .code("W0110")
            .help("write how long after the first failure a retry may begin, or `none` for no retries")
            .into());
    }
    Ok(within)
}

/// What may stand behind the two values of `fixed`.
fn within(content: ParseStream) -> syn::Result<Option<Duration>> {
    content.parse::<Option<Token![,]>>()?;
    if content.is_empty() {
        return Ok(None);
    }
    let option = content.fork();
    if option.parse::<Ident>().is_ok_and(|key| key == "within") && option.peek(Token![=]) {
        content.parse::<Ident>()?;
        content.parse::<Token![=]>()?;
        let within = budget(content)?;
        content.parse::<Option<Token![,]>>()?;
        if content.is_empty() {
            return Ok(Some(within));
        }
    }
    let rest: TokenStream = content.parse()?;
    Err(Mistake::at(rest, "`fixed` takes two values, and `within`").code("W0110").help(FORMS).into())
}
