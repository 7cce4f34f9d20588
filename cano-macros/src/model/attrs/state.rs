//! The attributes of a state.

use std::time::Duration;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Path, parse::ParseStream};

use super::{Catch, Readers, STATE_ATTRS, VALUE, has_arguments, mark, meant, once, typo};
use crate::{
    mistake::{Mistake, Mistakes, with_help},
    model::{call::Call, plain::only_plain},
    parse::{Limits, Policy, only_timeout},
    suggest::list,
};

/// What an attribute of a state says, and the attributes that are Rust's own.
#[derive(Default)]
pub(in crate::model) struct StateAttrs {
    pub(in crate::model) start: Option<Path>,
    pub(in crate::model) exit: Option<Path>,
    pub(in crate::model) retry: Option<(Path, Policy)>,
    pub(in crate::model) timeout: Option<(Path, Duration)>,
    pub(in crate::model) limits: Option<(Path, Limits)>,
    pub(in crate::model) undo: Option<(Path, Call)>,
    pub(in crate::model) catches: Vec<Catch>,
    pub(in crate::model) forwarded: Vec<Attribute>,
}

impl StateAttrs {
    pub(in crate::model) fn new(
        state: &Ident,
        attrs: Vec<Attribute>,
        readers: &Readers,
        mistakes: &mut Mistakes,
    ) -> Self {
        let mut found = Self::default();
        for attr in attrs {
            mistakes.keep(found.take(state, attr, readers).map_err(|error| with_help(error, VALUE)));
        }
        found
    }

    fn take(&mut self, state: &Ident, attr: Attribute, readers: &Readers) -> syn::Result<()> {
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
            "timeout" => {
                has_arguments(&attr, "\"2s\"")?;
                let timeout = attr.parse_args_with(only_timeout)?;
                once(&self.timeout, &attr)?;
                self.timeout = Some((path, timeout));
                Ok(())
            }
            "limit" => {
                has_arguments(&attr, "BANK")?;
                let limits = attr.parse_args_with(Limits::parse_list)?;
                once(&self.limits, &attr)?;
                self.limits = Some((path, limits));
                Ok(())
            }
            "undo" => {
                has_arguments(&attr, "refund(order)")?;
                let undo = attr.parse_args_with(only_call)?;
                once(&self.undo, &attr)?;
                self.undo = Some((path, undo));
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
            "store" | "exits" | "schedule" | "workflow" => {
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
                if !readers.may_read(&attr) {
                    return Err(unknown(&path));
                }
                self.forwarded.push(attr);
                Ok(())
            }
        }
    }
}

fn unknown(path: &Path) -> syn::Error {
    let name = path.to_token_stream();
    let mistake = Mistake::at(path, format!("a state has no attribute `{name}`")).code("W0110");
    let mistake = match (path.is_ident("default"), meant(&name.to_string())) {
        (true, _) => mistake.help("derive `Default` for the table as well: `#[derive(Default)]`"),
        (_, Some(meant)) => mistake.help(format!("did you mean `#[{meant}]`?")),
        _ => mistake.help(format!("remove it, or derive what reads `#[{name}]`")),
    };
    mistake.note(format!("the attributes of a state are {}", list(STATE_ATTRS))).into()
}

/// One task, with the fields that it is lent, and nothing behind it.
fn only_call(input: ParseStream) -> syn::Result<Call> {
    if input.is_empty() {
        let help = "write it as in `#[undo(refund(order))]`, or `#[undo(refund(outcome))]` for what the task has yielded";
        return Err(syn::Error::new(
            input.span(),
            format!("`#[undo]` does not say what [W0110]\nhelp: {help}"),
        ));
    }
    let call = Call::new(only_plain(input)?)?;
    if input.is_empty() {
        return Ok(call);
    }
    let rest: TokenStream = input.parse()?;
    Err(Mistake::at(rest, "a state has one undo")
        .code("W0110")
        .help("remove what follows the first one, or call both from one task")
        .into())
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
