use proc_macro2::TokenStream;
use syn::{
    Attribute, Expr, Fields, Generics, Ident, Token, Visibility, braced,
    parse::{ParseStream, Parser},
    token,
};

use crate::mistake::{Mistake, Mistakes};

/// The `enum` of a table as it was written.
pub(crate) struct WrittenTable {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) states: Vec<WrittenState>,
}

/// One row as it was written.
pub(crate) struct WrittenState {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) name: Ident,
    pub(crate) fields: Fields,
    /// What stands behind `=`.
    pub(crate) row: Option<Expr>,
}

impl WrittenTable {
    /// Reads as much as can be read: a row that is wrong is reported, and the next one is tried. So an editor knows
    /// the states while a row is being written.
    pub(crate) fn parse(input: TokenStream, mistakes: &mut Mistakes) -> Option<Self> {
        let parser = |input: ParseStream| {
            let attrs = input.call(Attribute::parse_outer)?;
            let vis = input.parse()?;
            if !input.peek(Token![enum]) {
                return Err(input.error(
                    "a workflow is written as an `enum` of its states\nhelp: write `workflow! { pub enum Order { .. } }`",
                ));
            }
            input.parse::<Token![enum]>()?;
            let name = input.parse()?;
            let mut generics: Generics = input.parse()?;
            generics.where_clause = input.parse()?;
            let content;
            braced!(content in input);
            let states = rows(&content, mistakes);
            if !input.is_empty() {
                let rest: TokenStream = input.parse()?;
                mistakes.push(
                    Mistake::at(rest, "a `workflow!` holds one enum")
                        .help("write another `workflow!` for another one"),
                );
            }
            Ok(Self { attrs, vis, name, generics, states })
        };
        match Parser::parse2(parser, input) {
            Ok(table) => Some(table),
            Err(error) => {
                mistakes.push_syntax(error);
                None
            }
        }
    }
}

fn rows(content: ParseStream, mistakes: &mut Mistakes) -> Vec<WrittenState> {
    let mut states = Vec::new();
    while !content.is_empty() {
        if let Err(error) = row(content, &mut states) {
            mistakes.push_syntax(error);
            skip_row(content);
        }
        let _ = content.parse::<Option<Token![,]>>();
    }
    states
}

/// The state is kept even where its row is wrong.
fn row(content: ParseStream, states: &mut Vec<WrittenState>) -> syn::Result<()> {
    let attrs = content.call(Attribute::parse_outer)?;
    content.parse::<Visibility>()?;
    let name: Ident = content.parse()?;
    states.push(WrittenState { attrs, name, fields: Fields::Unit, row: None });
    let state = states.last_mut().expect("it was just pushed");
    if content.peek(token::Brace) {
        state.fields = Fields::Named(content.parse()?);
    } else if content.peek(token::Paren) {
        state.fields = Fields::Unnamed(content.parse()?);
    }
    if content.peek(Token![=]) && !content.peek(Token![=>]) {
        content.parse::<Token![=]>()?;
        state.row = Some(content.parse()?);
    }
    if content.is_empty() || content.peek(Token![,]) {
        return Ok(());
    }
    state.row = None;
    let name = state.name.to_string();
    let found: proc_macro2::TokenTree = content.fork().parse()?;
    Err(match found.to_string().as_str() {
        ">" | "-" if content.peek(Token![>>]) || content.peek(Token![->]) => {
            Mistake::at(found, "a row is `State = task >> Next`").help(format!(
                "write `{name} = task >> Next`, or `{name} = match task {{ Outcome => Next, .. }}`"
            ))
        }
        "=" if content.peek(Token![=>]) => {
            Mistake::at(found, "`=>` stands in a `match`; one way on is written with `>>`").help(format!(
                "write `{name} = task >> Next`, or `{name} = match task {{ Outcome => Next, .. }}`"
            ))
        }
        _ => Mistake::at(&found, format!("expected `,` after the row of state `{name}`"))
            .help("rows are separated by commas"),
    }
    .into())
}

fn skip_row(content: ParseStream) {
    while !content.is_empty() && !content.peek(Token![,]) {
        let _ = content.parse::<proc_macro2::TokenTree>();
    }
}
