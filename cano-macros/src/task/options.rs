use std::time::Duration;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{
    Ident, Path, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser, discouraged::Speculative},
};

use crate::{
    mistake::{Mistake, Mistakes, blamed, ours},
    parse::{Limits, Policy, duration_value, timeout},
    suggest::{did_you_mean, list},
};

/// What stands in the brackets of `#[task(..)]` and `#[node(..)]`.
#[derive(Default)]
pub(super) struct Options {
    retry: Option<Policy>,
    /// With the place where it stands.
    timeout: Option<(Duration, Span)>,
    limits: Option<Limits>,
    krate: Option<Path>,
    /// `exec` returns a `Result`, and only it is attempted again.
    pub(super) fallible_exec: bool,
}

/// Which attribute it is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Of {
    Task,
    Node,
}

impl Of {
    fn valid(self) -> &'static [&'static str] {
        match self {
            Self::Task => &["retry", "timeout", "limit", "crate"],
            Self::Node => &["retry", "timeout", "limit", "fallible_exec", "crate"],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Node => "node",
        }
    }
}

impl Options {
    /// What is right of them; each that is not is told.
    pub(super) fn parse(options: TokenStream, of: Of, mistakes: &mut Mistakes) -> Self {
        let mut found = Self::default();
        let parser = |input: ParseStream| {
            while !input.is_empty() {
                // On a fork: what is left unread within brackets would be reported again.
                let ahead = input.fork();
                match mistakes.keep(found.take(&ahead, of)) {
                    Some(()) => input.advance_to(&ahead),
                    None => skip_option(input),
                }
                if !input.is_empty() && mistakes.keep(comma(input)).is_none() {
                    skip_option(input);
                    input.parse::<Option<Token![,]>>()?;
                }
            }
            Ok(())
        };
        let read = parser.parse2(options);
        mistakes.keep(read);
        found
    }

    fn take(&mut self, input: ParseStream, of: Of) -> syn::Result<()> {
        let Ok(key) = input.fork().call(Ident::parse_any) else {
            let found: TokenTree = input.fork().parse()?;
            let help = format!("its options are {}", list(of.valid().iter().copied()));
            let rule = format!("expected an option of `#[{}]`", of.name());
            return Err(Mistake::at(found, rule).code("W0110").help(help).into());
        };
        input.call(Ident::parse_any)?;
        let name = key.to_string();
        let repeated = match name.as_str() {
            "retry" => self.retry.is_some(),
            "timeout" => self.timeout.is_some(),
            "limit" => self.limits.is_some(),
            "crate" => self.krate.is_some(),
            "fallible_exec" if of == Of::Node => self.fallible_exec,
            _ => {
                let rule = format!("`#[{}]` has no option `{name}`", of.name());
                let help = did_you_mean(&name, "its options are", of.valid().iter().copied());
                return Err(Mistake::at(key, rule).code("W0110").help(help).into());
            }
        };
        if repeated {
            return Err(Mistake::at(key, format!("`{name}` is given twice"))
                .code("W0110")
                .help("remove one of the two")
                .into());
        }
        if name != "fallible_exec" && !input.peek(Token![=]) {
            let example = match name.as_str() {
                "retry" => "exponential(5)",
                "timeout" => "\"2s\"",
                "limit" => "BANK",
                _ => "::cano",
            };
            return Err(Mistake::at(key, format!("`{name}` has no value"))
                .code("W0110")
                .help(format!("write `{name} = {example}`"))
                .into());
        }
        match name.as_str() {
            "fallible_exec" => {
                self.fallible_exec = true;
                if input.peek(Token![=]) {
                    let rest: TokenStream = input.parse()?;
                    return Err(Mistake::at(rest, "`fallible_exec` has no value")
                        .code("W0110")
                        .help("write `fallible_exec` alone, or leave it out")
                        .into());
                }
            }
            "retry" => {
                input.parse::<Token![=]>()?;
                self.retry = Some(input.parse()?);
            }
            "timeout" => {
                input.parse::<Token![=]>()?;
                let at = ours(input.span());
                self.timeout = Some((timeout(input)?, at));
            }
            "limit" => {
                input.parse::<Token![=]>()?;
                self.limits = Some(Limits::parse(input)?);
            }
            _ => {
                input.parse::<Token![=]>()?;
                self.krate = Some(input.call(Path::parse_mod_style)?);
            }
        }
        Ok(())
    }

    fn krate(&self) -> Path {
        self.krate.clone().unwrap_or_else(|| syn::parse_quote!(::cano))
    }

    /// `::cano::__private`, blamed on the user's tokens at `span`.
    pub(super) fn private(&self, span: Span) -> TokenStream {
        let krate = self.krate();
        blamed(&quote!(#krate::__private), ours(span))
    }

    /// The policy's expression; without one nothing is repeated.
    pub(super) fn policy(&self, at: Span) -> TokenStream {
        let private = self.private(at);
        let policy = match &self.retry {
            Some(policy) => policy.expand(&private),
            None => quote_spanned!(at=> #private::TaskConfig::minimal()),
        };
        let timeout = self.timeout.map(|(timeout, at)| {
            let timeout = duration_value(&self.private(at), timeout, at);
            quote_spanned!(at=> .with_attempt_timeout(#timeout))
        });
        quote!(#policy #timeout)
    }

    /// The same, where anything of it is said.
    pub(super) fn given_policy(&self, at: Span) -> Option<TokenStream> {
        (self.retry.is_some() || self.timeout.is_some()).then(|| self.policy(at))
    }

    pub(super) fn has_limits(&self) -> bool {
        self.limits.is_some()
    }

    /// `attempt`, an expression that awaits, once the task's limits admit it.
    pub(super) fn limited(&self, attempt: TokenStream, at: Span) -> TokenStream {
        match &self.limits {
            Some(limits) => {
                let attempt = quote_spanned!(at=> #attempt.await);
                let limited = limits.around(&self.private(at), &quote_spanned!(at=> __cx), attempt, at);
                quote_spanned!(at=> async move { #limited })
            }
            None => attempt,
        }
    }

    /// What says the timeout to a row that names a policy, where there is one beside the task's policy.
    pub(super) fn timeout_item(&self, at: Span) -> Option<TokenStream> {
        let (timeout, timeout_at) = self.timeout?;
        let timeout = duration_value(&self.private(timeout_at), timeout, timeout_at);
        let private = self.private(at);
        Some(
            quote_spanned!(at=> const TIMEOUT: #private::Option<#private::Duration> = #private::Some(#timeout);),
        )
    }

    /// The timeout of an attempt, an expression of `Option<Duration>`; `None` where there cannot be one.
    pub(super) fn timeout(&self, at: Span) -> Option<TokenStream> {
        match (self.timeout, &self.retry) {
            (Some((timeout, at)), _) => {
                let private = self.private(at);
                let timeout = duration_value(&private, timeout, at);
                Some(quote_spanned!(at=> #private::Some(#timeout)))
            }
            (None, Some(path)) if path.path().is_some() => {
                let private = self.private(at);
                let policy = path.expand(&private);
                Some(quote_spanned!(at=> #private::TaskConfig::attempt_timeout(&#policy)))
            }
            (None, _) => None,
        }
    }
}

fn comma(input: ParseStream) -> syn::Result<()> {
    if input.peek(Token![,]) {
        return input.parse::<Token![,]>().map(drop);
    }
    let found: TokenTree = input.fork().parse()?;
    Err(Mistake::at(found, "expected `,`").code("W0110").help("options are separated by commas").into())
}

/// Up to the next comma.
fn skip_option(input: ParseStream) {
    while !input.is_empty() && !input.peek(Token![,]) {
        let _ = input.parse::<TokenTree>();
    }
}
