use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{
    Expr, ExprLit, ExprPath, ExprUnary, Ident, Lit, LitStr, Path, Token, UnOp,
    parse::{Parse, ParseStream},
    spanned::Spanned,
    token,
};

use super::{
    duration::{duration, duration_value},
    options::{each_option, option_value},
};
use crate::{
    mistake::{Mistake, Mistakes, blamed, ours},
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

/// That of an exponential policy without `max`, as the engine has it.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

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
        let ExprPath { path, .. } = input.parse()?;
        if input.peek(Token![=]) {
            input.parse::<TokenStream>()?;
            let rule = "the options of a policy stand in its brackets";
            return Err(Mistake::at(path, rule).code("W0110").help(FORMS).into());
        }
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
    let (mut retries, mut delay, mut within) = (None, None, None);
    let (mut places, mut mistakes) = (0.., Mistakes::default());
    each_option(content, &mut mistakes, |input| {
        match places.next() {
            Some(0) => retries = Some(number(input)?),
            Some(1) => delay = Some(duration(&string(input)?)?),
            _ => {
                let key = within_key(input)?;
                option_value(&mut within, &key, "\"1m\"", input, budget)?;
            }
        }
        Ok(())
    });
    mistakes.into_result()?;
    let retries = retries.ok_or_else(|| missing(content, "`fixed` needs the number of retries"))?;
    let delay = delay.ok_or_else(|| missing(content, "`fixed` needs the delay between attempts"))?;
    Ok(Rule::Fixed { retries, delay, within })
}

/// What may stand behind the two values of `fixed`.
fn within_key(input: ParseStream) -> syn::Result<Ident> {
    let key = input.fork().parse::<Ident>();
    if key.as_ref().is_ok_and(|key| key == "within") {
        return input.parse();
    }
    let more = input.parse::<Expr>()?;
    Err(Mistake::at(more, "`fixed` takes two values, and `within`").code("W0110").help(FORMS).into())
}

fn exponential(content: ParseStream) -> syn::Result<Rule> {
    let (mut retries, mut options) = (None, ExponentialOptions::default());
    let (mut places, mut mistakes) = (0.., Mistakes::default());
    each_option(content, &mut mistakes, |input| match places.next() {
        Some(0) => {
            retries = Some(number(input)?);
            Ok(())
        }
        _ => options.take(input),
    });
    mistakes.into_result()?;
    let retries = retries.ok_or_else(|| missing(content, "`exponential` needs the number of retries"))?;
    let ExponentialOptions { base, max, jitter, within } = options;
    if let Some((base, at)) = base {
        is_within(base, at, max)?;
    }
    let base = base.map(|(base, _)| base);
    Ok(Rule::Exponential { retries, base, max, jitter, within })
}

/// Refuses a first delay that is longer than the longest one.
fn is_within(base: Duration, at: Span, max: Option<Duration>) -> syn::Result<()> {
    if base <= max.unwrap_or(LONGEST_DELAY) {
        return Ok(());
    }
    let (longest, help) = match max {
        Some(_) => ("`max`", "write a longer `max`, or a shorter `base`"),
        None => (
            "30s, the longest one unless `max` says otherwise",
            "name the longest delay, as in `max = \"10m\"`",
        ),
    };
    let mark = Ident::new("_", at);
    Err(Mistake::at(mark, format!("the first delay is longer than {longest}"))
        .code("W0110")
        .help(help)
        .into())
}

/// What stands behind the number of retries, as far as it was read.
#[derive(Default)]
struct ExponentialOptions {
    /// With the place where it stands.
    base: Option<(Duration, Span)>,
    max: Option<Duration>,
    jitter: Option<f64>,
    within: Option<Duration>,
}

impl ExponentialOptions {
    fn take(&mut self, input: ParseStream) -> syn::Result<()> {
        if !input.peek(Ident) {
            let value: Expr = input.parse()?;
            let rule = "an option of `exponential` has a name";
            return Err(Mistake::at(value, rule).code("W0110").help(FORMS).into());
        }
        let key: Ident = input.parse()?;
        let delay = |input: ParseStream| duration(&string(input)?);
        match key.to_string().as_str() {
            "base" => option_value(&mut self.base, &key, "\"1s\"", input, |input| {
                let at = input.span();
                Ok((delay(input)?, at))
            }),
            "max" => option_value(&mut self.max, &key, "\"1s\"", input, delay),
            "jitter" => option_value(&mut self.jitter, &key, "0.1", input, part),
            "within" => option_value(&mut self.within, &key, "\"1s\"", input, budget),
            name => {
                const NAMES: [&str; 4] = ["base", "max", "jitter", "within"];
                let help = did_you_mean(name, "the options of `exponential` are", NAMES);
                let rule = format!("`exponential` has no option `{name}`");
                Err(Mistake::at(&key, rule).code("W0110").help(help).into())
            }
        }
    }
}

fn missing(content: ParseStream, rule: &str) -> syn::Error {
    syn::Error::new(content.span(), format!("{rule} [W0110]\nhelp: {FORMS}"))
}

/// The number of retries.
fn number(content: ParseStream) -> syn::Result<u32> {
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
