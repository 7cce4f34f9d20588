use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Expr, Field, Fields, FieldsNamed, Generics, Ident, Token, Visibility, braced,
    ext::IdentExt,
    parenthesized,
    parse::{ParseStream, Parser, discouraged::Speculative},
    token,
};

use crate::{
    mistake::{Mistake, Mistakes},
    model::text,
};

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
    /// The row could not be read, which was reported.
    pub(crate) is_broken: bool,
}

impl WrittenTable {
    /// Reads as much as can be read: a row that is wrong is reported, and the next one is tried. So an editor knows
    /// the states while a row is being written.
    pub(crate) fn parse(input: TokenStream, mistakes: &mut Mistakes) -> Option<Self> {
        let parser = |input: ParseStream| {
            let attrs = input.call(Attribute::parse_outer)?;
            let vis = input.parse()?;
            if !input.peek(Token![enum]) {
                return Err(syn::Error::new(
                    input.span(),
                    "a workflow is written as an `enum` of its states\nhelp: write `workflow! { pub enum Order { .. } }`",
                ));
            }
            let keyword = input.parse::<Token![enum]>()?;
            let name: Ident = input.parse().map_err(|_| {
                Mistake::at(keyword, "a workflow has a name").help("write `workflow! { enum Order { .. } }`")
            })?;
            let mut generics: Generics = input.parse()?;
            generics.where_clause = input.parse()?;
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
            let states = rows(&content, mistakes);
            if !input.is_empty() {
                let rest: TokenStream = input.parse()?;
                let first: TokenStream = rest.into_iter().take(2).collect();
                mistakes.push(
                    Mistake::at(first, "a `workflow!` holds one enum")
                        .help("write another `workflow!` for another one"),
                );
            }
            Ok(Self { attrs, vis, name, generics, states })
        };
        let table = Parser::parse2(parser, input);
        mistakes.keep(table)
    }
}

fn rows(content: ParseStream, mistakes: &mut Mistakes) -> Vec<WrittenState> {
    let mut states = Vec::new();
    while !content.is_empty() {
        // On a fork: what is left unread within a row's braces would be reported again for the whole table.
        let ahead = content.fork();
        match row(&ahead, &mut states, mistakes) {
            Ok(()) => content.advance_to(&ahead),
            Err(error) => {
                mistakes.push_syntax(explained(error, &states));
                skip_row(content);
            }
        }
        let _ = content.parse::<Option<Token![,]>>();
    }
    states
}

/// What the parser says of a row, with what a row is.
fn explained(error: syn::Error, states: &[WrittenState]) -> syn::Error {
    let text = error.to_string();
    if text.contains("\nhelp:") {
        return error;
    }
    let text = text.trim_start_matches("unexpected end of input, ");
    let name = states.last().map_or("State".to_owned(), |state| state.name.to_string());
    let help = match text {
        "expected `:`" => "a field of a state has a type: `field: Type`".to_owned(),
        "expected `,`" => "rows, arms and fields are separated by commas".to_owned(),
        "expected `=>`" => {
            "write `Outcome => Next`; the outcomes of several tasks stand in brackets: `(A, B) => Next`"
                .to_owned()
        }
        "expected identifier, found keyword `mut`" => {
            "remove it: nothing changes a field, a route gives the next state's fields their values"
                .to_owned()
        }
        _ => match text.strip_prefix("expected identifier, found keyword ") {
            Some(keyword) => other_name(keyword.trim_matches('`')),
            None => row_forms(&name),
        },
    };
    syn::Error::new(error.span(), format!("{text}\nhelp: {help}"))
}

fn row_forms(name: &str) -> String {
    format!("write `{name} = task >> Next`, or `{name} = match task {{ Outcome => Next, .. }}`")
}

/// The state is kept even where its row is wrong.
fn row(content: ParseStream, states: &mut Vec<WrittenState>, mistakes: &mut Mistakes) -> syn::Result<()> {
    if let Some(state) = states.last_mut().filter(|_| content.peek(token::Brace)) {
        return Err(fields_behind_a_comma(content, state)?.into());
    }
    let attrs = content.call(Attribute::parse_outer)?;
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
    let name: Ident = content.parse().map_err(|_| not_a_name(content))?;
    if (name == "start" || name == "exit") && content.peek(Ident) {
        let state: Ident = content.parse()?;
        states.push(WrittenState {
            attrs: Vec::new(),
            name: state.clone(),
            fields: Fields::Unit,
            row: None,
            is_broken: true,
        });
        return Err(Mistake::at(&name, format!("`{name}` is an attribute"))
            .help(format!("write `#[{name}] {state}`"))
            .into());
    }
    states.push(WrittenState { attrs, name, fields: Fields::Unit, row: None, is_broken: true });
    let state = states.last_mut().expect("it was just pushed");
    if content.peek(token::Brace) {
        state.fields = Fields::Named(content.parse()?);
    } else if content.peek(token::Paren) {
        state.fields = in_round_brackets(content, &state.name, mistakes)?;
    }
    if content.peek(Token![=]) && !content.peek(Token![=>]) {
        content.parse::<Token![=]>()?;
        state.row = Some(content.parse()?);
    }
    state.is_broken = false;
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

fn begins_a_row(content: ParseStream) -> bool {
    let behind = |content: ParseStream| {
        content.parse::<Ident>()?;
        let begins = content.is_empty()
            || content.peek(token::Brace)
            || content.peek(token::Paren)
            || content.peek(Token![=])
            || content.peek(Token![,]);
        Ok(begins)
    };
    content.fork().call(behind).unwrap_or(false)
}

/// `State, { field: Type }`: the state has the fields all the same.
fn fields_behind_a_comma(content: ParseStream, state: &mut WrittenState) -> syn::Result<Mistake> {
    let fields = content.fork().parse::<FieldsNamed>();
    let braces: TokenTree = content.fork().parse()?;
    let mistake = Mistake::at(braces, "the fields of a state stand behind its name");
    Ok(match (fields, &state.fields) {
        (Ok(named), Fields::Unit) => {
            let help = format!("write `{} {{ {} }}`", state.name, text(&named.named));
            state.fields = Fields::Named(named);
            mistake.help(help)
        }
        _ => mistake.help(row_forms("State")),
    })
}

/// Fields that stand in `(..)`; what is written there as in braces is read like that.
fn in_round_brackets(content: ParseStream, state: &Ident, mistakes: &mut Mistakes) -> syn::Result<Fields> {
    let inner = |content: ParseStream| {
        let inner;
        parenthesized!(inner in content);
        inner.parse_terminated(Field::parse_named, Token![,])
    };
    let Ok(named) = content.fork().call(inner) else { return Ok(Fields::Unnamed(content.parse()?)) };
    let brackets: TokenTree = content.parse()?;
    if named.is_empty() {
        mistakes.push(
            Mistake::at(brackets, format!("state `{state}` has no fields"))
                .code("W0113")
                .help(format!("write `{state}`, without brackets")),
        );
        return Ok(Fields::Unit);
    }
    mistakes.push(
        Mistake::at(brackets, format!("the fields of state `{state}` stand in braces"))
            .code("W0113")
            .help(format!("write `{state} {{ {} }}`", text(&named))),
    );
    Ok(Fields::Named(FieldsNamed { brace_token: token::Brace::default(), named }))
}

/// What begins a row and is no state's name.
fn not_a_name(content: ParseStream) -> syn::Error {
    const ITEMS: [&str; 9] = ["fn", "impl", "struct", "enum", "use", "const", "static", "type", "trait"];
    let Ok(found) = content.fork().parse::<TokenTree>() else {
        return content.error("expected a state");
    };
    let word = found.to_string();
    if ITEMS.contains(&word.as_str()) {
        return Mistake::at(found, "a `workflow!` holds states, and nothing else")
            .help(format!("write the `{word}` outside of it"))
            .into();
    }
    if content.fork().call(Ident::parse_any).is_ok() {
        let rule = format!("`{word}` is a keyword, and no name of a state");
        return Mistake::at(found, rule).help(other_name(&word)).into();
    }
    let rule = "expected the name of a state";
    Mistake::at(found, rule).help(row_forms("State")).into()
}

/// What to write for a keyword where a name has to stand.
fn other_name(keyword: &str) -> String {
    match keyword {
        "Self" | "self" | "super" | "crate" => "write another name".to_owned(),
        _ => format!("write another name, or `r#{keyword}`"),
    }
}

/// The punctuation that stands here, as one: `=>`.
fn operator(content: ParseStream) -> syn::Result<TokenStream> {
    let mut operator = TokenStream::new();
    while let Ok(punct) = content.parse::<proc_macro2::Punct>() {
        let is_last = punct.spacing() == proc_macro2::Spacing::Alone;
        operator.extend([proc_macro2::TokenTree::Punct(punct)]);
        if is_last {
            break;
        }
    }
    Ok(operator)
}

fn skip_row(content: ParseStream) {
    while !content.is_empty() && !content.peek(Token![,]) {
        let _ = content.parse::<proc_macro2::TokenTree>();
    }
}
