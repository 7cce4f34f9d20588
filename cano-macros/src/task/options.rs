use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{
    Ident, Path, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
};

use crate::{
    expand::duration,
    mistake::{Mistake, blamed, ours},
    parse::{Limits, Policy, timeout},
    suggest::did_you_mean,
};

/// What stands in the brackets of `#[task(..)]` and `#[node(..)]`.
#[derive(Default)]
pub(super) struct Options {
    retry: Option<Policy>,
    timeout: Option<Duration>,
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
    pub(super) fn parse(options: TokenStream, of: Of) -> syn::Result<Self> {
        let parser = |input: ParseStream| {
            let mut found = Self::default();
            while !input.is_empty() {
                found.take(input, of)?;
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(found)
        };
        parser.parse2(options)
    }

    fn take(&mut self, input: ParseStream, of: Of) -> syn::Result<()> {
        let key = input.call(Ident::parse_any)?;
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
                self.timeout = Some(timeout(input)?);
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
    pub(super) fn policy(&self) -> TokenStream {
        self.with_timeout(self.retry.as_ref().unwrap_or(&Policy::None))
    }

    /// The same, where anything of it is said.
    pub(super) fn given_policy(&self) -> Option<TokenStream> {
        match (&self.retry, self.timeout) {
            (None, None) => None,
            (retry, _) => Some(self.with_timeout(retry.as_ref().unwrap_or(&Policy::None))),
        }
    }

    fn with_timeout(&self, policy: &Policy) -> TokenStream {
        let policy = policy.expand(&self.krate());
        let timeout = self.timeout.map(|timeout| {
            let at = Span::call_site();
            let timeout = duration(&self.private(at), timeout, at);
            quote!(.with_attempt_timeout(#timeout))
        });
        quote!(#policy #timeout)
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

    /// The timeout of an attempt, an expression of `Option<Duration>`; `None` where there cannot be one.
    pub(super) fn timeout(&self, at: Span) -> Option<TokenStream> {
        let private = self.private(at);
        match (self.timeout, &self.retry) {
            (Some(timeout), _) => {
                let timeout = duration(&private, timeout, at);
                Some(quote_spanned!(at=> #private::Some(#timeout)))
            }
            (None, Some(path @ Policy::Path(_))) => {
                let policy = path.expand(&self.krate());
                Some(quote_spanned!(at=> #private::TaskConfig::attempt_timeout(&#policy)))
            }
            (None, _) => None,
        }
    }
}
