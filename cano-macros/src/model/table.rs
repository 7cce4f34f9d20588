use std::{
    collections::{HashMap, hash_map::Entry},
    time::Duration,
};

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{
    Attribute, Fields, Generics, Path, Token, Type, TypeReference, Visibility, punctuated::Punctuated,
    visit_mut::VisitMut,
};

use super::{
    attrs::{Catch, Readers, StateAttrs, TableAttrs, docs},
    call::Call,
    name::unraw,
    row::Row,
};
use crate::{
    mistake::{Mistake, Mistakes},
    parse::{Limits, Policy, WrittenState, WrittenTable},
};

/// A table.
pub(crate) struct Workflow {
    /// Those that stand on the enum of states.
    pub(crate) attrs: Vec<Attribute>,
    /// Those that stand on the enum of exits.
    pub(crate) exit_attrs: Vec<Attribute>,
    pub(crate) docs: String,
    pub(crate) vis: Visibility,
    pub(crate) name: Ident,
    pub(crate) exit_name: Ident,
    pub(crate) generics: Generics,
    /// The store's type; `None` for a `MemoryStore`.
    pub(crate) store: Option<Type>,
    /// How the code names `cano`.
    pub(crate) krate: Path,
    pub(crate) states: Vec<State>,
    /// Where a state stands among them.
    places: HashMap<Ident, usize>,
    /// The references in fields that say no lifetime.
    pub(crate) borrowed: Vec<TokenStream>,
}

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
    pub(crate) retry: Option<(Path, Policy)>,
    pub(crate) timeout: Option<(Path, Duration)>,
    pub(crate) limits: Option<(Path, Limits)>,
    /// The task that undoes what this one did.
    pub(crate) undo: Option<(Path, Call)>,
    pub(crate) catches: Vec<Catch>,
    pub(crate) row: Option<Row>,
    /// What is wrong with the row was reported, so nothing that follows from it is.
    pub(crate) is_broken: bool,
    /// Its fields have names.
    pub(crate) knows_its_fields: bool,
    /// The same of the row, or of the fields that it lends.
    pub(crate) has_broken_row: bool,
}

/// A field of a state.
pub(crate) struct Field {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
}

impl Workflow {
    pub(crate) fn new(written: WrittenTable, mistakes: &mut Mistakes) -> Self {
        let attrs = TableAttrs::new(written.attrs, mistakes);
        let default_exit_name = Ident::new(&format!("{}Exit", unraw(&written.name)), written.name.span());
        let (mut states, mut places) = (Vec::new(), HashMap::new());
        let mut borrowed = Vec::new();
        for mut state in written.states {
            Borrows(&mut borrowed).visit_fields_mut(&mut state.fields);
            refuse_conditional(&mut state, mistakes);
            let state = State::new(state, &attrs.readers, mistakes);
            match places.entry(state.name.clone()) {
                Entry::Vacant(place) => {
                    place.insert(states.len());
                    states.push(state);
                }
                Entry::Occupied(_) => mistakes.push(declared_twice(&state.name)),
            }
        }
        let exit_name = match attrs.exit_name {
            Some(name) if name == written.name => {
                mistakes.push(exits_named_as_the_table(&name));
                default_exit_name
            }
            other => other.unwrap_or(default_exit_name),
        };
        Self {
            exit_attrs: attrs.exits,
            attrs: attrs.forwarded,
            docs: attrs.docs,
            vis: written.vis,
            exit_name,
            name: written.name,
            generics: written.generics,
            store: attrs.store,
            krate: attrs.krate.unwrap_or_else(|| syn::parse_quote!(::cano)),
            states,
            places,
            borrowed,
        }
    }

    pub(crate) fn state(&self, name: &Ident) -> Option<&State> {
        self.place(name).map(|place| &self.states[place])
    }

    /// Where a state stands in the table.
    pub(crate) fn place(&self, name: &Ident) -> Option<usize> {
        self.places.get(name).copied()
    }
}

impl State {
    fn new(written: WrittenState, readers: &Readers, mistakes: &mut Mistakes) -> Self {
        let before = mistakes.count();
        let attrs = StateAttrs::new(&written.name, written.attrs, readers, mistakes);
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
        let fields_are_broken = matches!(written.fields, Fields::Unnamed(_));
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
            has_broken_row: fields_are_broken || mistakes.count() > before_row,
            knows_its_fields: !matches!(written.fields, Fields::Unnamed(_)),
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
        Some(Self { name: field.ident.clone()?, ty: field.ty.clone() })
    }
}

/// Finds references without a lifetime, and gives them one, so that rustc does not report them as well.
struct Borrows<'a>(&'a mut Vec<TokenStream>);

impl VisitMut for Borrows<'_> {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        if reference.lifetime.is_none() {
            self.0.push(reference.to_token_stream());
            reference.lifetime = Some(syn::parse_quote!('static));
        }
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }
}

/// W0111; without the condition, so that rustc does not report the field as well.
fn refuse_conditional(state: &mut WrittenState, mistakes: &mut Mistakes) {
    for field in &mut state.fields {
        let is_condition = |attr: &Attribute| attr.path().is_ident("cfg");
        for attr in field.attrs.iter().filter(|attr| is_condition(attr)) {
            mistakes.push(
                Mistake::at(attr, format!("a field of state `{}` is conditional", state.name))
                    .code("W0111")
                    .help("put `#[cfg]` on the whole `workflow!`, or let the field be an `Option`")
                    .note("rows lend and move fields by name, in every case"),
            );
        }
        field.attrs.retain(|attr| !is_condition(attr));
    }
}

/// W0112
fn exits_named_as_the_table(name: &Ident) -> Mistake {
    Mistake::at(name, format!("the exits of workflow `{name}` have its own name"))
        .code("W0112")
        .help(format!("give them another one, or leave it out for `{}Exit`", unraw(name)))
}

/// W0112
fn declared_twice(state: &Ident) -> Mistake {
    Mistake::at(state, format!("state `{state}` is declared twice"))
        .code("W0112")
        .help("give one of the two another name")
}

/// W0104, also where the task stands alone.
pub(crate) fn exit_with_task(state: &Ident, tasks: impl quote::ToTokens) -> Mistake {
    Mistake::at(tasks, format!("exit state `{state}` has a task"))
        .code("W0104")
        .help(format!("remove the task, or the `#[exit]` of `{state}`"))
        .note("a run ends as it reaches an exit, so the task would never be called")
}

fn first_type(fields: &Punctuated<syn::Field, Token![,]>) -> String {
    fields.first().map_or("Type".to_owned(), |field| super::text(&field.ty))
}
