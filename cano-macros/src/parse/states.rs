use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Expr, Fields, FieldsNamed, Generics, Ident, Token, Visibility, braced,
    parse::{ParseStream, Parser, discouraged::Speculative},
    token,
};

use super::{
    attributes::attributes,
    fields::{fields, in_round_brackets, is_named},
    recover::{
        begins_a_row, explained, fields_behind, name_behind, not_a_name, operator, row_forms, skip_row,
        skip_to,
    },
};
use crate::{
    mistake::{Mistake, Mistakes, with_help},
    model::text,
};

/// The `enum` of a table as it was written.
pub(crate) struct WrittenTable {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) keyword: Token![enum],
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) states: Vec<WrittenState>,
    /// No state is missing whose name could not be read.
    pub(crate) knows_its_states: bool,
}

/// One row as it was written.
pub(crate) struct WrittenState {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) name: Ident,
    pub(crate) fields: Fields,
    /// What stands behind `=`.
    pub(crate) row: Option<Expr>,
    /// The row could not be read, which was reported.
    pub(crate) is_broken: bool,
    /// The same of an attribute.
    pub(crate) has_broken_attrs: bool,
    /// The same of a field.
    pub(crate) has_broken_fields: bool,
}

impl WrittenState {
    fn named(name: Ident, attrs: Vec<Attribute>) -> Self {
        Self {
            attrs,
            name,
            fields: Fields::Unit,
            row: None,
            is_broken: true,
            has_broken_attrs: false,
            has_broken_fields: false,
        }
    }
}

impl WrittenTable {
    /// Reads as much as can be read: a row that is wrong is reported, and the next one is tried. So an editor knows
    /// the states while a row is being written.
    pub(crate) fn parse(input: TokenStream, mistakes: &mut Mistakes) -> Option<Self> {
        let mut table = None;
        let parser = |input: ParseStream| {
            let (attrs, _) = attributes(input, mistakes);
            let vis = input.parse().unwrap_or_else(|error| {
                mistakes.push_syntax(with_help(error, "write `pub`, or `pub(crate)`"));
                skip_to(input, |input| input.peek(Token![enum]));
                Visibility::Inherited
            });
            if !input.peek(Token![enum]) {
                let what = "a workflow is written as an `enum` of its states\nhelp: write `workflow! { pub enum Order { .. } }`";
                let error = syn::Error::new(input.span(), what);
                skip_to(input, |input| input.peek(Token![enum]));
                if input.is_empty() {
                    return Err(error);
                }
                mistakes.push_syntax(error);
            }
            let keyword = input.parse::<Token![enum]>()?;
            let name: Ident = input.parse().map_err(|_| {
                Mistake::at(keyword, "a workflow has a name").help("write `workflow! { enum Order { .. } }`")
            })?;
            mistakes.name(&name);
            let generics = generics(input, mistakes);
            if input.is_empty() {
                let help =
                    format!("write them in brackets: `enum {name} {{ #[start] Begin = task >> Done, .. }}`");
                return Err(Mistake::at(&name, format!("workflow `{name}` has no states"))
                    .code("W0100")
                    .help(help)
                    .into());
            }
            let content;
            braced!(content in input);
            let (states, knows_its_states) = rows(&content, mistakes);
            if !input.is_empty() {
                let rest: TokenStream = input.parse()?;
                let first: TokenStream = rest.into_iter().take(2).collect();
                mistakes.push(
                    Mistake::at(first, "a `workflow!` holds one enum")
                        .help("write another `workflow!` for another one"),
                );
            }
            // Kept also where something is left unread within brackets, which is told behind all of it.
            table = Some(Self { attrs, vis, keyword, name, generics, states, knows_its_states });
            Ok(())
        };
        if let Err(error) = Parser::parse2(parser, input) {
            mistakes.push_syntax(with_help(error, "remove what does not belong there"));
        }
        table
    }
}

/// What stands between the name and the braces.
fn generics(input: ParseStream, mistakes: &mut Mistakes) -> Generics {
    let ahead = input.fork();
    let read = |input: ParseStream| {
        let mut generics: Generics = input.parse()?;
        generics.where_clause = input.parse()?;
        match input.is_empty() || input.peek(token::Brace) {
            true => Ok(generics),
            false => Err(input.error("expected the states in braces")),
        }
    };
    match read(&ahead) {
        Ok(generics) => {
            input.advance_to(&ahead);
            generics
        }
        Err(error) => {
            mistakes
                .push_syntax(with_help(error, "write `enum Order { .. }`, or `enum Order<T: Bound> { .. }`"));
            skip_to(input, |input| input.peek(token::Brace));
            Generics::default()
        }
    }
}

/// The states, and whether each of them could be read as far as its name.
fn rows(content: ParseStream, mistakes: &mut Mistakes) -> (Vec<WrittenState>, bool) {
    let (mut states, mut are_named) = (Vec::new(), true);
    while !content.is_empty() {
        let before = states.len();
        if let Err(error) = row(content, &mut states, mistakes) {
            let name = states.last().map(|state| state.name.to_string());
            mistakes.push_syntax(explained(error, name.as_deref().unwrap_or("State")));
            are_named &= states.len() > before;
            skip_row(content);
        }
        let _ = content.parse::<Option<Token![,]>>();
    }
    (states, are_named)
}

/// The state is kept even where its row is wrong.
fn row(content: ParseStream, states: &mut Vec<WrittenState>, mistakes: &mut Mistakes) -> syn::Result<()> {
    if let Some(state) = states.last_mut().filter(|_| content.peek(token::Brace)) {
        return fields_behind_a_comma(content, state, mistakes);
    }
    let (attrs, are_read) = attributes(content, mistakes);
    if content.peek(Token![,]) && !attrs.is_empty() {
        let comma: Token![,] = content.parse()?;
        let rule = "an attribute stands before its state, without a comma";
        mistakes.push(Mistake::at(comma, rule).help("remove the `,`"));
    }
    if let visible @ (Visibility::Public(_) | Visibility::Restricted(_)) = content.parse()? {
        mistakes.push(
            Mistake::at(&visible, "a state is as visible as its table")
                .help(format!("remove the `{}`", text(&visible))),
        );
    }
    let (name, is_behind) = match content.parse::<Ident>() {
        Ok(name) => (name, false),
        Err(_) => {
            let error = not_a_name(content);
            let Some(name) = name_behind(content) else { return Err(error) };
            mistakes.push_syntax(error);
            (name, true)
        }
    };
    if (name == "start" || name == "exit") && content.peek(Ident) {
        let state: Ident = content.parse()?;
        states.push(WrittenState::named(state.clone(), Vec::new()));
        return Err(Mistake::at(&name, format!("`{name}` is an attribute"))
            .help(format!("write `#[{name}] {state}`"))
            .into());
    }
    states.push(WrittenState::named(name, attrs));
    let state = states.last_mut().expect("it was just pushed");
    state.has_broken_attrs = !are_read || is_behind;
    // On a fork: what is left unread within a row's braces would be reported again for the whole table.
    let ahead = content.fork();
    behind_name(&ahead, state, mistakes)?;
    content.advance_to(&ahead);
    Ok(())
}

/// The fields, and what stands behind `=`.
fn behind_name(content: ParseStream, state: &mut WrittenState, mistakes: &mut Mistakes) -> syn::Result<()> {
    if content.peek(token::Brace) {
        let before = mistakes.count();
        let mut fields = fields(content, mistakes)?;
        if !state.attrs.iter().any(|attr| attr.path().is_ident("start")) {
            // Only how many there are matters, for those who begin a run.
            fields.named = fields.named.into_iter().filter(is_named).collect();
        }
        state.fields = Fields::Named(fields);
        state.has_broken_fields = mistakes.count() > before;
    } else if content.peek(token::Paren) {
        state.fields = in_round_brackets(content, &state.name, mistakes)?;
    }
    if content.peek(Token![=]) && !content.peek(Token![=>]) {
        content.parse::<Token![=]>()?;
        state.row = Some(content.parse()?);
    }
    state.is_broken = state.has_broken_attrs || state.has_broken_fields;
    if content.is_empty() || content.peek(Token![,]) {
        return Ok(());
    }
    let (name, has_row) = (state.name.to_string(), state.row.is_some());
    let found: TokenTree = content.fork().parse()?;
    // The next row begins: the two are read as they were meant.
    if content.peek(Token![;]) {
        content.parse::<Token![;]>()?;
        mistakes.push(Mistake::at(found, "rows are separated by commas").help("write `,` instead of `;`"));
        return Ok(());
    }
    if has_row && (content.peek(Token![#]) || begins_a_row(content)) {
        let rule = format!("expected `,` after the row of state `{name}`");
        mistakes.push(Mistake::at(found, rule).help("rows are separated by commas"));
        return Ok(());
    }
    (state.row, state.is_broken) = (None, true);
    if matches!(state.fields, Fields::Unit) {
        state.fields = fields_behind(content);
    }
    if let (true, TokenTree::Group(arms)) = (has_row && content.peek(token::Brace), &found) {
        let brace = Ident::new("brace", arms.span_open());
        return Err(Mistake::at(brace, "arms stand behind a `match`").help(row_forms(&name)).into());
    }
    Err(match found.to_string().as_str() {
        ":" | "=" if !has_row => {
            let operator: TokenStream = content.fork().call(operator)?;
            Mistake::at(operator, "the task of a state stands behind `=`").help(row_forms(&name))
        }
        ">" | "-" if content.peek(Token![>>]) || content.peek(Token![->]) => {
            Mistake::at(content.fork().call(operator)?, "a row is `State = task >> Next`")
                .help(row_forms(&name))
        }
        "=" if content.peek(Token![=>]) => Mistake::at(
            content.fork().call(operator)?,
            "`=>` stands in a `match`; one way on is written with `>>`",
        )
        .help(row_forms(&name)),
        _ => Mistake::at(&found, format!("expected `,` after the row of state `{name}`"))
            .help("rows are separated by commas"),
    }
    .into())
}

/// `State, { field: Type }`: the state is read as if the comma were not there.
fn fields_behind_a_comma(
    content: ParseStream,
    state: &mut WrittenState,
    mistakes: &mut Mistakes,
) -> syn::Result<()> {
    let braces: TokenTree = content.fork().parse()?;
    let mistake = Mistake::at(braces, "the fields of a state stand behind its name");
    if !matches!(state.fields, Fields::Unit) {
        mistakes.push(mistake.help(row_forms("State")));
        skip_row(content);
        return Ok(());
    }
    let named = content.fork().parse::<FieldsNamed>().map(|fields| text(&fields.named));
    let named = named.unwrap_or_else(|_| "field: Type".to_owned());
    mistakes.push(mistake.help(format!("write `{} {{ {named} }}`", state.name)));
    match state.row.take() {
        None => behind_name(content, state, mistakes),
        row => {
            state.fields = Fields::Named(fields(content, mistakes)?);
            state.row = row;
            Ok(())
        }
    }
}
