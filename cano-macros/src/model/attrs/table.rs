//! The attributes of a table.

use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, Expr, Path, Token, Type, parse::ParseStream, punctuated::Punctuated};

use super::{Readers, STATE_ATTRS, TABLE_ATTRS, VALUE, docs, has_arguments, once, typo};
use crate::{
    mistake::{Mistake, Mistakes, with_help},
    model::text,
    parse::{Schedule, each_option, given_twice, option_value},
    suggest::{did_you_mean, list},
};

/// What the attributes of a table say, and those that are Rust's own.
#[derive(Default)]
pub(in crate::model) struct TableAttrs {
    pub(in crate::model) store: Option<Type>,
    pub(in crate::model) krate: Option<Path>,
    pub(in crate::model) schedule: Option<Schedule>,
    pub(in crate::model) exit_name: Option<Ident>,
    pub(in crate::model) forwarded: Vec<Attribute>,
    /// Those of the enum of exits.
    pub(in crate::model) exits: Vec<Attribute>,
    pub(in crate::model) docs: String,
    /// Who may read the attributes of its states.
    pub(in crate::model) readers: Readers,
    exit_derives: Option<Vec<Path>>,
    has_exits: bool,
}

impl TableAttrs {
    pub(in crate::model) fn new(attrs: Vec<Attribute>, mistakes: &mut Mistakes) -> Self {
        let mut found = Self::default();
        for attr in attrs {
            let is_store = attr.path().is_ident("store");
            let taken = mistakes.keep(found.take(attr).map_err(|error| with_help(error, VALUE)));
            if taken.is_none() && is_store {
                // So rustc says nothing of tasks that ask for another store.
                found.store.get_or_insert_with(|| Type::Verbatim(mistakes.unread()));
            }
        }
        found.docs = docs(&found.forwarded);
        found.exits = found.forward_to_exits();
        found.readers = Readers::of(found.forwarded.iter().chain(&found.exits));
        found
    }

    fn take(&mut self, attr: Attribute) -> syn::Result<()> {
        let path = attr.path().clone();
        let name = path.get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "store" => {
                has_arguments(&attr, "Ledger")?;
                let store = attr.parse_args_with(one_store)?;
                once(&self.store, &attr)?;
                self.store = Some(store);
                Ok(())
            }
            "exits" => {
                has_arguments(&attr, "name = End")?;
                let twice = std::mem::replace(&mut self.has_exits, true);
                once(&twice.then_some(()), &attr)?;
                attr.parse_args_with(|input: ParseStream| self.take_exits(input))
            }
            "schedule" => {
                has_arguments(&attr, "\"0 9 * * *\"")?;
                let schedule = attr.parse_args_with(Schedule::parse)?;
                once(&self.schedule, &attr)?;
                self.schedule = Some(schedule);
                Ok(())
            }
            "workflow" => {
                has_arguments(&attr, "crate = ::cano")?;
                let krate = attr.parse_args_with(only_crate)?;
                once(&self.krate, &attr)?;
                self.krate = Some(krate);
                Ok(())
            }
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

    fn take_exits(&mut self, input: ParseStream) -> syn::Result<()> {
        let mut mistakes = Mistakes::default();
        each_option(input, &mut mistakes, |input| self.take_exits_option(input));
        mistakes.into_result()
    }

    fn take_exits_option(&mut self, input: ParseStream) -> syn::Result<()> {
        let key: Ident = input.parse()?;
        match key.to_string().as_str() {
            "name" => option_value(&mut self.exit_name, &key, "End", input, exit_name),
            "derive" => {
                if self.exit_derives.is_some() {
                    return Err(given_twice(&key));
                }
                if !input.peek(syn::token::Paren) {
                    let rule = "`derive` has its value in brackets";
                    let help = "write it as in `#[exits(derive(Debug, Clone))]`";
                    return Err(Mistake::at(&key, rule).code("W0110").help(help).into());
                }
                let content;
                syn::parenthesized!(content in input);
                let paths = Punctuated::<Path, Token![,]>::parse_terminated(&content)?;
                self.exit_derives = Some(paths.into_iter().collect());
                Ok(())
            }
            other => {
                let help = did_you_mean(other, "the options of `exits` are", ["name", "derive"]);
                let rule = format!("`exits` has no option `{other}`");
                Err(Mistake::at(&key, rule).code("W0110").help(help).into())
            }
        }
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

fn exit_name(input: ParseStream) -> syn::Result<Ident> {
    if input.peek(syn::Ident) {
        return input.parse();
    }
    let value: Expr = input.parse()?;
    Err(Mistake::at(value, "expected a name for the enum of exits")
        .code("W0110")
        .help("write it as in `#[exits(name = End)]`, without quotes")
        .into())
}

/// `crate = path`.
fn only_crate(input: ParseStream) -> syn::Result<Path> {
    let found: TokenStream = input.fork().parse()?;
    let path = |input: ParseStream| {
        input.parse::<Token![crate]>()?;
        input.parse::<Token![=]>()?;
        input.call(Path::parse_mod_style)
    };
    path(input).map_err(|error| {
        let rule = "the option of `#[workflow(..)]` is `crate = path`";
        let help = "write it as in `#[workflow(crate = ::cano)]`";
        match found.is_empty() {
            true => syn::Error::new(error.span(), format!("{rule} [W0110]\nhelp: {help}")),
            false => Mistake::at(found, rule).code("W0110").help(help).into(),
        }
    })
}

/// One type, which owns what the tasks share.
fn one_store(input: ParseStream) -> syn::Result<Type> {
    let found: TokenStream = input.fork().parse()?;
    let store: Type = input.parse().map_err(|error| {
        let rule = "a store is named by its type";
        let help = "write it as in `#[store(Ledger)]`, or `#[store(dyn Ledger)]` for a trait";
        match found.is_empty() {
            true => syn::Error::new(error.span(), format!("{rule} [W0110]\nhelp: {help}")),
            false => Mistake::at(found, rule).code("W0110").help(help).into(),
        }
    })?;
    if let Type::Reference(reference) = &store {
        let owned = text(&reference.elem);
        return Err(Mistake::at(&store, "a store is named by its type, not by a reference to it")
            .code("W0110")
            .help(format!("write `#[store({owned})]`; tasks and runs get it as `&{owned}`"))
            .into());
    }
    if !input.is_empty() {
        let rest: TokenStream = input.parse()?;
        return Err(Mistake::at(rest, "a workflow has one store")
            .code("W0110")
            .help("write a struct that holds both, and `impl Provides<A> for Both` for each")
            .into());
    }
    Ok(store)
}

fn is_default(path: &Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "Default")
}
