use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Expr, ExprLit, Lit, LitStr, parse::ParseStream};

use crate::mistake::Mistake;

const UNITS: [(&str, u64); 7] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
    ("d", 86_400_000_000_000),
];

/// A duration as text: whole numbers with their units, from the largest to the smallest: `"100ms"`, `"1m 30s"`.
pub(super) fn duration(literal: &LitStr) -> syn::Result<Duration> {
    nanos(&literal.value()).map(Duration::from_nanos).map_err(|reason| {
        Mistake::at(literal, format!("`{}` is not a duration: {reason}", literal.value()))
            .code("W0110")
            .help("write whole numbers with units, as in \"250ms\", \"1s 500ms\" or \"1m 30s\"; the units are ns, us, ms, s, m, h, d")
            .into()
    })
}

/// The expression of a duration.
pub(crate) fn duration_value(private: &TokenStream, of: Duration, at: Span) -> TokenStream {
    let (seconds, nanos) = (of.as_secs(), of.subsec_nanos());
    quote_spanned!(at=> #private::Duration::new(#seconds, #nanos))
}

/// What stands behind `timeout =`, or in `#[timeout(..)]`.
pub(crate) fn timeout(input: ParseStream) -> syn::Result<Duration> {
    let help = "write it as in \"250ms\", \"2s\" or \"1m 30s\"";
    let value: Expr = input.parse().map_err(|error| {
        syn::Error::new(error.span(), format!("a timeout is a text with its unit [W0110]\nhelp: {help}"))
    })?;
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &value else {
        return Err(Mistake::at(value, "a timeout is a text with its unit").code("W0110").help(help).into());
    };
    let timeout = duration(text)?;
    if timeout.is_zero() {
        return Err(Mistake::at(value, "a timeout of no time ends every attempt that waits")
            .code("W0110")
            .help("write how long an attempt may take, or leave the timeout out")
            .into());
    }
    Ok(timeout)
}

/// The same, and nothing behind it.
pub(crate) fn only_timeout(input: ParseStream) -> syn::Result<Duration> {
    let timeout = timeout(input)?;
    if input.is_empty() {
        return Ok(timeout);
    }
    let rest: TokenStream = input.parse()?;
    Err(Mistake::at(rest, "an attempt has one timeout").code("W0110").help("remove what follows it").into())
}

fn nanos(text: &str) -> Result<u64, String> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err("it is empty".to_owned());
    }
    let (mut total, mut last) = (0_u64, u64::MAX);
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, behind) = rest.split_at(digits);
        let letters = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
        let (unit, behind) = behind.split_at(letters);
        if number.is_empty() {
            return Err(format!("a number is missing before `{rest}`"));
        }
        if unit.is_empty() {
            return Err(without_unit(number, behind));
        }
        let Some((_, scale)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return Err(format!("`{unit}` is no unit"));
        };
        if *scale >= last {
            return Err(format!("`{unit}` does not come after a larger unit"));
        }
        let part = number.parse::<u64>().ok().and_then(|number| number.checked_mul(*scale));
        total = part.and_then(|part| total.checked_add(part)).ok_or("it is longer than 584 years")?;
        (last, rest) = (*scale, behind.trim_start());
    }
    Ok(total)
}

/// Why what stands behind a number is no unit.
fn without_unit(number: &str, behind: &str) -> String {
    if behind.starts_with(['.', ',']) {
        return format!("`{number}` is only a part of a number");
    }
    let word = behind.split_whitespace().next().unwrap_or_default();
    let is_unit = UNITS.iter().any(|(name, _)| *name == word);
    match word.chars().next() {
        Some(_) if is_unit => format!("a space stands between `{number}` and `{word}`"),
        Some(first) if first.is_ascii_alphabetic() => format!("`{word}` is no unit"),
        _ => format!("`{number}` has no unit"),
    }
}

#[cfg(test)]
mod tests {
    use super::nanos;

    #[test]
    fn numbers_with_units_are_durations() {
        assert_eq!(nanos("100ms"), Ok(100_000_000));
        assert_eq!(nanos("1m 30s"), Ok(90_000_000_000));
        assert_eq!(nanos("1m30s"), Ok(90_000_000_000));
        assert_eq!(nanos("0s"), Ok(0));
        assert_eq!(nanos("2d"), Ok(172_800_000_000_000));
    }

    #[test]
    fn anything_else_is_refused_with_the_reason() {
        for (text, reason) in [
            ("", "empty"),
            ("5", "no unit"),
            ("s", "number is missing"),
            ("5 10s", "`5` has no unit"),
            ("5 parsecs", "`parsecs` is no unit"),
            ("5parsecs", "`parsecs` is no unit"),
            ("5 s", "a space stands between `5` and `s`"),
            ("1.5s", "`1` is only a part of a number"),
            ("-1s", "number is missing"),
            ("1s 1m", "larger unit"),
            ("99999999999999999999s", "longer"),
            ("999999999999d", "longer"),
        ] {
            let error = nanos(text).expect_err(text);
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
