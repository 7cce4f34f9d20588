//! A state, with its row and its fields.

use std::{collections::HashSet, mem, time::Duration};

use proc_macro2::Ident;
use quote::quote;
use syn::{Attribute, Fields, Path, Token, Type, Visibility, punctuated::Punctuated};

use super::{
    attrs::{Catch, Readers, StateAttrs, docs},
    call::Call,
    row::Row,
    text::text,
};
use crate::{
    lend::one_piece,
    mistake::{Mistake, Mistakes},
    parse::{Limits, Policy, WrittenState},
};

/// A state with its row.
pub(crate) struct State {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) docs: String,
    pub(crate) name: Ident,
    pub(crate) fields: Vec<Field>,
    /// The field's own tokens, for the enum.
    pub(crate) written_fields: Fields,
    pub(crate) start: Option<Path>,
    pub(crate) exit: Option<Path>,
    /// Also where neither a task nor `#[start]` says that it is none: after a mistake it is among the exits.
    pub(crate) may_be_exit: bool,
    pub(crate) retry: Option<(Path, Policy)>,
    pub(crate) timeout: Option<(Path, Duration)>,
    pub(crate) limits: Option<(Path, Limits)>,
    /// The task that undoes what this one did.
    pub(crate) undo: Option<(Path, Call)>,
    pub(crate) catches: Vec<Catch>,
    pub(crate) row: Option<Row>,
    /// What is wrong with it was reported, so nothing that follows from that is.
    pub(crate) is_broken: bool,
    /// The same of its row, or of the fields that the row lends.
    pub(crate) has_broken_row: bool,
    /// Its fields have names.
    pub(crate) knows_its_fields: bool,
}

/// A field of a state.
pub(crate) struct Field {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
}

impl State {
    pub(super) fn new(mut written: WrittenState, readers: &Readers, mistakes: &mut Mistakes) -> Self {
        let before = mistakes.count();
        if let Fields::Named(fields) = &mut written.fields {
            fields.named = each_once(&written.name, mem::take(&mut fields.named), mistakes);
            fields.named.iter_mut().for_each(|field| plain(field, mistakes));
        }
        let attrs = StateAttrs::new(&written.name, written.attrs, readers, mistakes);
        let may_be_exit = attrs.exit.is_some() || (attrs.start.is_none() && written.row.is_none());
        let fields = match &written.fields {
            Fields::Named(fields) => fields.named.iter().filter_map(Field::new).collect(),
            Fields::Unit => Vec::new(),
            Fields::Unnamed(fields) => {
                mistakes.push(
                    Mistake::at(
                        &fields.unnamed,
                        format!("the fields of state `{}` have no names", written.name),
                    )
                    .code("W0113")
                    .help(format!("write `{} {{ name: {} }}`", written.name, first_type(&fields.unnamed)))
                    .note("rows lend fields to tasks, and routes move them, by name"),
                );
                Vec::new()
            }
        };
        let knows_its_fields = !matches!(written.fields, Fields::Unnamed(_));
        let before_row = mistakes.count();
        let has_row = written.row.is_some();
        let row = match (written.row, &attrs.exit) {
            (Some(task), Some(_)) if !Row::says_what_follows(&task) => {
                mistakes.push(exit_with_task(&written.name, &task));
                None
            }
            (row, _) => row.and_then(|row| Row::new(&written.name, row, mistakes)),
        };
        Self {
            is_broken: written.is_broken || mistakes.count() > before || (has_row && row.is_none()),
            has_broken_row: !knows_its_fields || written.has_broken_fields || mistakes.count() > before_row,
            knows_its_fields,
            docs: docs(&attrs.forwarded),
            attrs: attrs.forwarded,
            name: written.name,
            fields,
            written_fields: match written.fields {
                Fields::Unnamed(_) => Fields::Unit,
                fields => fields,
            },
            start: attrs.start,
            exit: attrs.exit,
            may_be_exit,
            retry: attrs.retry,
            timeout: attrs.timeout,
            limits: attrs.limits,
            undo: attrs.undo,
            catches: attrs.catches,
            row,
        }
    }

    pub(crate) fn field(&self, name: &Ident) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == *name)
    }

    /// The tasks of the row, and behind them the one that undoes it.
    pub(crate) fn calls(&self) -> impl Iterator<Item = &Call> {
        let tasks = self.row.iter().flat_map(|row| &row.calls);
        tasks.chain(self.row.iter().flat_map(|_| self.undo.iter().map(|(_, call)| call)))
    }

    /// The states that the row and the catches lead to.
    pub(crate) fn targets(&self) -> Vec<&Ident> {
        let ways = self.row.iter().flat_map(Row::targets);
        ways.chain(self.catches.iter().map(|catch| &catch.target.state)).collect()
    }

    pub(crate) fn is_exit(&self) -> bool {
        self.exit.is_some()
    }
}

impl Field {
    fn new(field: &syn::Field) -> Option<Self> {
        Some(Self { name: field.ident.clone()?, ty: one_piece(&field.ty) })
    }
}

/// W0104, also where the task stands alone.
pub(crate) fn exit_with_task(state: &Ident, tasks: impl quote::ToTokens) -> Mistake {
    Mistake::at(tasks, format!("exit state `{state}` has a task"))
        .code("W0104")
        .help(format!("remove the task, or the `#[exit]` of `{state}`"))
        .note("a run ends as it reaches an exit, so the task would never be called")
}

/// The fields, each name once.
fn each_once(
    state: &Ident,
    fields: Punctuated<syn::Field, Token![,]>,
    mistakes: &mut Mistakes,
) -> Punctuated<syn::Field, Token![,]> {
    let mut names = HashSet::new();
    let mut is_first = |field: &syn::Field| {
        let is_first = names.insert(field.ident.clone());
        if !is_first {
            let rule = format!("state `{state}` has two fields of this name");
            mistakes.push(Mistake::at(&field.ident, rule).code("W0113").help("rename one of the two"));
        }
        is_first
    };
    fields.into_iter().filter(|field| is_first(field)).collect()
}

/// A name and a type; what else a field may have elsewhere is told, and left out.
fn plain(field: &mut syn::Field, mistakes: &mut Mistakes) {
    let visible = mem::replace(&mut field.vis, Visibility::Inherited);
    if !matches!(visible, Visibility::Inherited) {
        mistakes.push(
            Mistake::at(&visible, "a field of a state is as visible as its table")
                .code("W0113")
                .help(format!("remove the `{}`", text(&visible))),
        );
    }
    if let Some((equals, value)) = field.default.take() {
        mistakes.push(
            Mistake::at(quote!(#equals #value), "a field of a state has no default")
                .code("W0113")
                .help("write the value in the routes that lead to the state, or where a run begins"),
        );
    }
}

fn first_type(fields: &Punctuated<syn::Field, Token![,]>) -> String {
    fields.first().map_or("Type".to_owned(), |field| text(&field.ty))
}
