//! The attributes of a table and of its states.

mod catch;
mod forwarded;
mod state;
mod table;

use quote::ToTokens;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Path};

use crate::{mistake::Mistake, suggest::nearest};

pub(crate) use self::catch::{Catch, CatchPattern};
pub(super) use self::{forwarded::Readers, state::StateAttrs, table::TableAttrs};

pub(super) const STATE_ATTRS: [&str; 7] = ["start", "exit", "retry", "timeout", "limit", "catch", "undo"];
/// Of an attribute whose value is no Rust.
const VALUE: &str = "what stands in its brackets is written as names, calls, texts and numbers";
const TABLE_ATTRS: [&str; 4] = ["store", "exits", "schedule", "workflow"];

/// `#[name(..)]`, with an example of what stands there.
fn has_arguments(attr: &Attribute, example: &str) -> syn::Result<()> {
    if matches!(attr.meta, Meta::List(_)) {
        return Ok(());
    }
    let name = attr.path().to_token_stream();
    let rule = match &attr.meta {
        Meta::NameValue(_) => format!("`#[{name}]` has its value in brackets"),
        _ => format!("`#[{name}]` does not say what"),
    };
    Err(Mistake::at(&attr.meta, rule)
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

/// One of ours on a state, for a word that says the same elsewhere.
fn meant(name: &str) -> Option<&'static str> {
    match name {
        "begin" | "entry" | "first" | "init" | "initial" => Some("start"),
        "accept" | "done" | "end" | "final" | "last" | "terminal" => Some("exit"),
        "compensate" | "compensation" | "revert" | "rollback" => Some("undo"),
        "fallback" | "on_error" | "rescue" => Some("catch"),
        "attempts" | "backoff" => Some("retry"),
        _ => None,
    }
}

/// Whether an attribute says what is allowed, or is an error.
pub(crate) fn sets_lints(attr: &Attribute) -> bool {
    const LEVELS: [&str; 5] = ["allow", "expect", "warn", "deny", "forbid"];
    LEVELS.iter().any(|level| attr.path().is_ident(level))
}

/// The text of the doc comments.
pub(in crate::model) fn docs(attrs: &[Attribute]) -> String {
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
