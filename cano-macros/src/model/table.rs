use std::collections::{HashMap, hash_map::Entry};

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Attribute, Generics, Path, Token, Type, TypeReference, Visibility, visit_mut::VisitMut};

use super::{attrs::TableAttrs, name::unraw, state::State};
use crate::{
    mistake::{Mistake, Mistakes},
    parse::{Schedule, WrittenState, WrittenTable},
};

/// A table.
pub(crate) struct Workflow {
    /// Those that stand on the enum of states.
    pub(crate) attrs: Vec<Attribute>,
    /// Those that stand on the enum of exits.
    pub(crate) exit_attrs: Vec<Attribute>,
    pub(crate) docs: String,
    pub(crate) vis: Visibility,
    pub(crate) keyword: Token![enum],
    pub(crate) name: Ident,
    pub(crate) exit_name: Ident,
    pub(crate) generics: Generics,
    /// The store's type; `None` for a `MemoryStore`.
    pub(crate) store: Option<Type>,
    /// When it runs, unless whoever adds it says otherwise.
    pub(crate) schedule: Option<Schedule>,
    /// How the code names `cano`, if not as `::cano`.
    pub(crate) krate: Option<Path>,
    pub(crate) states: Vec<State>,
    /// No state is missing whose name could not be read.
    pub(crate) knows_its_states: bool,
    /// Where a state stands among them.
    places: HashMap<Ident, usize>,
    /// The references in fields that say no lifetime.
    pub(crate) borrowed: Vec<TokenStream>,
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
            keyword: written.keyword,
            exit_name,
            name: written.name,
            generics: written.generics,
            store: attrs.store,
            schedule: attrs.schedule,
            krate: attrs.krate,
            states,
            knows_its_states: written.knows_its_states,
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

/// Finds references without a lifetime, and gives them one, so that rustc does not report them as well.
struct Borrows<'a>(&'a mut Vec<TokenStream>);

impl VisitMut for Borrows<'_> {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        let is_told = reference.lifetime.is_none();
        if is_told {
            self.0.push(reference.to_token_stream());
            reference.lifetime = Some(syn::parse_quote!('static));
        }
        let told = self.0.len();
        syn::visit_mut::visit_type_reference_mut(self, reference);
        if is_told {
            // Those within it are told with it.
            self.0.truncate(told);
        }
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
