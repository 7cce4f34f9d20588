//! The attributes of a table and of its states.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Attribute, Expr, ExprLit, Lit, Meta, Pat, PatGuard, Path, Token, Type,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
    spanned::Spanned,
};

use super::row::Target;
use crate::{
    mistake::{Mistake, Mistakes},
    parse::Policy,
    suggest::{did_you_mean, list, nearest},
};

const STATE_ATTRS: [&str; 4] = ["start", "exit", "retry", "catch"];
const TABLE_ATTRS: [&str; 3] = ["store", "exits", "workflow"];

/// What an attribute of a state says, and the attributes that are Rust's own.
#[derive(Default)]
pub(super) struct StateAttrs {
    pub(super) start: Option<Path>,
    pub(super) exit: Option<Path>,
    pub(super) retry: Option<(Path, Policy)>,
    pub(super) catches: Vec<Catch>,
    pub(super) forwarded: Vec<Attribute>,
}

/// `#[catch(pattern => Target)]`.
pub(crate) struct Catch {
    pub(crate) pattern: CatchPattern,
    pub(crate) target: Target,
}

/// What a `#[catch]` catches.
pub(crate) enum CatchPattern {
    /// Any error, perhaps under a name, perhaps with a guard.
    Any { pat: Pat, name: Option<Ident>, guard: Option<Expr> },
    /// A pattern over one of the task's errors.
    Error { pat: Pat },
}

impl StateAttrs {
    pub(super) fn new(state: &Ident, attrs: Vec<Attribute>, mistakes: &mut Mistakes) -> Self {
        let mut found = Self::default();
        for attr in attrs {
            if let Err(error) = found.take(state, attr) {
                mistakes.push_syntax(error);
            }
        }
        found
    }

    fn take(&mut self, state: &Ident, attr: Attribute) -> syn::Result<()> {
        let path = attr.path().clone();
        let name = path.get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "start" => mark(&mut self.start, &attr, path),
            "exit" => mark(&mut self.exit, &attr, path),
            "retry" => {
                has_arguments(&attr, "fixed(3, \"1s\")")?;
                let policy = attr.parse_args_with(only_policy)?;
                once(&self.retry, &attr)?;
                self.retry = Some((path, policy));
                Ok(())
            }
            "catch" => {
                has_arguments(&attr, "error => State { error }")?;
                self.catches.push(attr.parse_args()?);
                Ok(())
            }
            "cfg" => Err(Mistake::at(attr, format!("state `{state}` is conditional"))
                .code("W0111")
                .help("put `#[cfg]` on the whole `workflow!`, or write one table for each case")
                .note("a table is verified whole: a state that may be absent cannot be")
                .into()),
            "store" | "exits" | "workflow" => {
                Err(Mistake::at(path, format!("`#[{name}]` stands on the workflow, not on a state"))
                    .code("W0110")
                    .help("put it before the `enum`")
                    .into())
            }
            _ => {
                if let Some(near) = typo(&name, &STATE_ATTRS) {
                    let help = format!("did you mean `#[{near}]`?");
                    return Err(Mistake::at(path, format!("a state has no attribute `{name}`"))
                        .code("W0110")
                        .help(help)
                        .note(format!("the attributes of a state are {}", list(STATE_ATTRS)))
                        .into());
                }
                self.forwarded.push(attr);
                Ok(())
            }
        }
    }
}

/// What the attributes of a table say, and those that are Rust's own.
#[derive(Default)]
pub(super) struct TableAttrs {
    pub(super) store: Option<Type>,
    pub(super) krate: Option<Path>,
    pub(super) exit_name: Option<Ident>,
    pub(super) forwarded: Vec<Attribute>,
    /// Those of the enum of exits.
    pub(super) exits: Vec<Attribute>,
    pub(super) docs: String,
    exit_derives: Option<Vec<Path>>,
    has_exits: bool,
}

impl TableAttrs {
    pub(super) fn new(attrs: Vec<Attribute>, mistakes: &mut Mistakes) -> Self {
        let mut found = Self::default();
        for attr in attrs {
            if let Err(error) = found.take(attr) {
                mistakes.push_syntax(error);
            }
        }
        found.docs = docs(&found.forwarded);
        found.exits = found.forward_to_exits();
        found
    }

    fn take(&mut self, attr: Attribute) -> syn::Result<()> {
        let path = attr.path().clone();
        let name = path.get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "store" => {
                has_arguments(&attr, "Ledger")?;
                let store = attr.parse_args()?;
                once(&self.store, &attr)?;
                self.store = Some(store);
                Ok(())
            }
            "exits" => {
                has_arguments(&attr, "name = End")?;
                let twice = std::mem::replace(&mut self.has_exits, true);
                once(&twice.then_some(()), &attr)?;
                attr.parse_args_with(|input: ParseStream| self.exits_options(input))
            }
            "workflow" => attr.parse_args_with(|input: ParseStream| {
                input.parse::<Token![crate]>().map_err(|error| {
                    syn::Error::new(error.span(), "the option of `#[workflow(..)]` is `crate = path` [W0110]")
                })?;
                input.parse::<Token![=]>()?;
                self.krate = Some(input.call(Path::parse_mod_style)?);
                Ok(())
            }),
            _ => {
                if let Some(near) = typo(&name, &TABLE_ATTRS) {
                    return Err(Mistake::at(path, format!("a workflow has no attribute `{name}`"))
                        .code("W0110")
                        .help(format!("did you mean `#[{near}]`?"))
                        .note(format!("the attributes of a workflow are {}", list(TABLE_ATTRS)))
                        .into());
                }
                if let Some(near) = STATE_ATTRS.iter().find(|known| **known == name) {
                    return Err(Mistake::at(
                        path,
                        format!("`#[{near}]` stands on a state, not on the workflow"),
                    )
                    .code("W0110")
                    .help(format!("put `#[{near}]` before one of its states"))
                    .into());
                }
                self.forwarded.push(attr);
                Ok(())
            }
        }
    }

    fn exits_options(&mut self, input: ParseStream) -> syn::Result<()> {
        while !input.is_empty() {
            let key: Ident = input.parse()?;
            match key.to_string().as_str() {
                "name" => {
                    input.parse::<Token![=]>()?;
                    once(&self.exit_name, &key)?;
                    if !input.peek(syn::Ident) {
                        let value: Expr = input.parse()?;
                        return Err(Mistake::at(value, "expected a name for the enum of exits")
                            .code("W0110")
                            .help("write it as in `#[exits(name = End)]`, without quotes")
                            .into());
                    }
                    self.exit_name = Some(input.parse()?);
                }
                "derive" => {
                    let content;
                    syn::parenthesized!(content in input);
                    once(&self.exit_derives, &key)?;
                    let paths = Punctuated::<Path, Token![,]>::parse_terminated(&content)?;
                    self.exit_derives = Some(paths.into_iter().collect());
                }
                other => {
                    let help = did_you_mean(other, "the options of `exits` are", ["name", "derive"]);
                    let rule = format!("`exits` has no option `{other}`");
                    return Err(Mistake::at(&key, rule).code("W0110").help(help).into());
                }
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }

    /// Every attribute but the docs; of the derives all but `Default`, whose variant may be no exit.
    fn forward_to_exits(&self) -> Vec<Attribute> {
        let mut exits = Vec::new();
        for attr in &self.forwarded {
            if attr.path().is_ident("doc") || (attr.path().is_ident("derive") && self.exit_derives.is_some())
            {
                continue;
            }
            if attr.path().is_ident("derive")
                && let Ok(paths) = attr.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
            {
                let kept: Vec<_> = paths.iter().filter(|path| !is_default(path)).collect();
                if !kept.is_empty() {
                    exits.push(syn::parse_quote!(#[derive(#(#kept),*)]));
                }
                continue;
            }
            exits.push(attr.clone());
        }
        if let Some(derives) = self.exit_derives.as_ref().filter(|derives| !derives.is_empty()) {
            exits.push(syn::parse_quote!(#[derive(#(#derives),*)]));
        }
        exits
    }
}

impl Parse for Catch {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let help = "write `#[catch(error => State { error })]`, or a pattern over the task's error: `#[catch(LedgerError::Closed => State)]`";
        if input.is_empty() {
            let rule =
                format!("`#[catch]` needs an error and the state that it leads to [W0110]\nhelp: {help}");
            return Err(syn::Error::new(input.span(), rule));
        }
        let pat = pattern_with_guard(input)?;
        if input.is_empty() {
            return Err(Mistake::at(pat, "`#[catch]` does not say where the error leads")
                .code("W0110")
                .help(help)
                .into());
        }
        let Ok(_) = input.parse::<Token![=>]>() else {
            let rest: TokenStream = input.parse()?;
            let rule = "the error of a `#[catch]` leads to a state by `=>`";
            return Err(Mistake::at(rest, rule).code("W0110").help(help).into());
        };
        if input.is_empty() {
            let rule = format!("`#[catch]` does not say where the error leads [W0110]\nhelp: {help}");
            return Err(syn::Error::new(input.span(), rule));
        }
        let target = Target::new(input.parse::<Expr>()?)?;
        if !input.is_empty() {
            let rest: TokenStream = input.parse()?;
            return Err(Mistake::at(rest, "one `#[catch]` has one pattern and one state")
                .code("W0110")
                .help("write another `#[catch(..)]`; they are tried in their order")
                .into());
        }
        Ok(Self { pattern: CatchPattern::new(pat), target })
    }
}

fn pattern_with_guard(input: ParseStream) -> syn::Result<Pat> {
    let pat = Box::new(Pat::parse_multi_with_leading_vert(input)?);
    if !input.peek(Token![if]) {
        return Ok(*pat);
    }
    let (if_token, guard) = (input.parse()?, input.parse()?);
    Ok(Pat::Guard(PatGuard { attrs: Vec::new(), pat, if_token, guard: Box::new(guard) }))
}

impl CatchPattern {
    /// A name in lower case is any error, under that name; `_` is any error.
    fn new(pat: Pat) -> Self {
        let (inner, guard) = match &pat {
            Pat::Guard(guarded) => (&*guarded.pat, Some((*guarded.guard).clone())),
            other => (other, None),
        };
        match inner {
            Pat::Wild(_) => Self::Any { name: None, guard, pat },
            Pat::Ident(name) if name.subpat.is_none() && !super::row::is_constant_case(&name.ident) => {
                Self::Any { name: Some(name.ident.clone()), guard, pat }
            }
            _ => Self::Error { pat },
        }
    }

    /// Whether no error gets past it.
    pub(crate) fn catches_all(&self) -> bool {
        matches!(self, Self::Any { guard: None, .. })
    }

    pub(crate) fn span(&self) -> Span {
        self.pat().span()
    }

    pub(crate) fn pat(&self) -> &Pat {
        let (Self::Any { pat, .. } | Self::Error { pat }) = self;
        pat
    }
}

/// One policy, and nothing behind it.
fn only_policy(input: ParseStream) -> syn::Result<Policy> {
    let policy = input.parse()?;
    if input.is_empty() {
        return Ok(policy);
    }
    let rest: TokenStream = input.parse()?;
    Err(Mistake::at(rest, "a state has one retry policy")
        .code("W0110")
        .help("remove what follows the first one")
        .into())
}

/// `#[name(..)]`, with an example of what stands there.
fn has_arguments(attr: &Attribute, example: &str) -> syn::Result<()> {
    if matches!(attr.meta, Meta::List(_)) {
        return Ok(());
    }
    let name = attr.path().to_token_stream();
    Err(Mistake::at(&attr.meta, format!("`#[{name}]` does not say what"))
        .code("W0110")
        .help(format!("write it as in `#[{name}({example})]`"))
        .into())
}

fn mark(slot: &mut Option<Path>, attr: &Attribute, path: Path) -> syn::Result<()> {
    if !matches!(attr.meta, Meta::Path(_)) {
        let name = path.to_token_stream();
        let rule = format!("`#[{name}]` takes nothing");
        return Err(Mistake::at(&attr.meta, rule).code("W0110").help(format!("write `#[{name}]`")).into());
    }
    once(slot, attr)?;
    *slot = Some(path);
    Ok(())
}

fn once<T>(slot: &Option<T>, again: impl ToTokens) -> syn::Result<()> {
    match slot {
        None => Ok(()),
        Some(_) => {
            Err(Mistake::at(again, "this is said twice").code("W0110").help("remove one of the two").into())
        }
    }
}

/// One of our attributes that was meant, unless `name` is one of Rust's own or of a derive's.
fn typo(name: &str, known: &'static [&'static str]) -> Option<&'static str> {
    const OTHERS: [&str; 12] = [
        "allow",
        "cfg_attr",
        "default",
        "deny",
        "deprecated",
        "derive",
        "doc",
        "error",
        "expect",
        "must_use",
        "non_exhaustive",
        "serde",
    ];
    if OTHERS.contains(&name) { None } else { nearest(name, known.iter().copied()) }
}

/// The text of the doc comments.
pub(super) fn docs(attrs: &[Attribute]) -> String {
    let lines = attrs.iter().filter_map(|attr| match &attr.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => match &meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    let lines: Vec<_> =
        lines.map(|line| line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned()).collect();
    lines.join("\n").trim().to_owned()
}

fn is_default(path: &Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "Default")
}

impl ToTokens for Catch {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (pat, target) = (self.pattern.pat(), &self.target);
        tokens.extend(quote!(#pat => #target));
    }
}
