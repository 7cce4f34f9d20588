use std::time::Duration;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{
    Expr, Ident, Path, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream, Parser},
    spanned::Spanned,
};

use crate::{
    mistake::{Mistake, Mistakes, blamed, ours},
    parse::{Limits, Policy, duration_value, each_option, given_twice, option_value, timeout},
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
        if is_behind_an_equals_sign(&options) {
            return found;
        }
        let parser = |input: ParseStream| {
            each_option(input, mistakes, |input| found.take(input, of));
            Ok(())
        };
        let read = parser.parse2(options);
        mistakes.keep(read);
        found
    }

    fn take(&mut self, input: ParseStream, of: Of) -> syn::Result<()> {
        let Ok(key) = input.fork().call(Ident::parse_any) else {
            let found: TokenTree = input.parse()?;
            let help = format!("its options are {}", list(of.valid().iter().copied()));
            let rule = format!("expected an option of `#[{}]`", of.name());
            return Err(Mistake::at(found, rule).code("W0110").help(help).into());
        };
        input.call(Ident::parse_any)?;
        match key.to_string().as_str() {
            "retry" => option_value(&mut self.retry, &key, "exponential(5)", input, Policy::parse),
            "timeout" => option_value(&mut self.timeout, &key, "\"2s\"", input, |input| {
                let at = ours(input.span());
                Ok((timeout(input)?, at))
            }),
            "limit" => option_value(&mut self.limits, &key, "BANK", input, Limits::parse),
            "crate" => option_value(&mut self.krate, &key, "::cano", input, Path::parse_mod_style),
            "fallible_exec" if of == Of::Node => self.take_fallible_exec(&key, input),
            name => {
                let rule = format!("`#[{}]` has no option `{name}`", of.name());
                let help = did_you_mean(name, "its options are", of.valid().iter().copied());
                Err(Mistake::at(&key, rule).code("W0110").help(help).into())
            }
        }
    }

    fn take_fallible_exec(&mut self, key: &Ident, input: ParseStream) -> syn::Result<()> {
        if std::mem::replace(&mut self.fallible_exec, true) {
            return Err(given_twice(key));
        }
        if !input.peek(Token![=]) {
            return Ok(());
        }
        let (equals, value): (Token![=], Expr) = (input.parse()?, input.parse()?);
        Err(Mistake::at(quote!(#equals #value), "`fallible_exec` has no value")
            .code("W0110")
            .help("write `fallible_exec` alone, or leave it out")
            .into())
    }

    /// `::cano::__private`, or the name that it is imported by, blamed on the user's tokens at `span`.
    pub(super) fn private(&self, span: Span) -> TokenStream {
        let private = match &self.krate {
            None => quote!(::cano::__private),
            Some(_) => quote!(__private),
        };
        blamed(&private, ours(span))
    }

    /// The attribute of an impl that somebody wrote, by the path that rustc names in its messages.
    pub(super) fn async_trait(&self, span: Span) -> TokenStream {
        let path = match &self.krate {
            None => quote!(::cano::async_trait),
            Some(_) => quote!(__private::async_trait),
        };
        blamed(&path, ours(span))
    }

    /// Items that name `private`. What `crate = ..` names is imported once: so of a path that leads nowhere rustc tells
    /// once, and there.
    pub(super) fn importing(&self, items: TokenStream) -> TokenStream {
        let Some(krate) = &self.krate else { return items };
        let import = quote_spanned! {ours(krate.span())=>
            #[allow(unused_imports)]
            use #krate::__private as __private;
        };
        quote! {
            const _: () = {
                #import
                #items
            };
        }
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

/// Whether the attribute is `#[task = ".."]`: rustc refuses that, and gives the text as if it stood in brackets. What is
/// right begins with a name, so only what is wrong is looked at as it stands in the source.
fn is_behind_an_equals_sign(options: &TokenStream) -> bool {
    let is_text = matches!(options.clone().into_iter().next(), Some(TokenTree::Literal(_)));
    let source = (is_text && proc_macro::is_available()).then(|| Span::call_site().unwrap().source_text());
    source
        .flatten()
        .is_some_and(|text| text.find(['=', '(']).is_some_and(|sign| text[sign..].starts_with('=')))
}
