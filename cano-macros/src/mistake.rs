//! What a user got wrong, at the tokens, with what to write instead.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote_spanned};

use crate::model::unraw;

/// One mistake: the rule, at the tokens that break it, and the remedy.
pub(crate) struct Mistake {
    tokens: TokenStream,
    rule: String,
    code: Option<&'static str>,
    notes: String,
}

impl Mistake {
    /// `rule` says what is wrong. The message spans `tokens`, from the first to the last.
    pub(crate) fn at(tokens: impl ToTokens, rule: impl Into<String>) -> Self {
        Self { tokens: tokens.into_token_stream(), rule: rule.into(), code: None, notes: String::new() }
    }

    /// The rule's code, by which it can be looked up.
    pub(crate) fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// What to write.
    pub(crate) fn help(mut self, help: impl AsRef<str>) -> Self {
        self.notes += &format!("\nhelp: {}", help.as_ref());
        self
    }

    /// Why the rule is one.
    pub(crate) fn note(mut self, note: impl AsRef<str>) -> Self {
        self.notes += &format!("\nnote: {}", note.as_ref());
        self
    }

    fn into_error(self) -> syn::Error {
        let code = self.code.map(|code| format!(" [{code}]")).unwrap_or_default();
        syn::Error::new_spanned(self.tokens, format!("{}{code}{}", self.rule, self.notes))
    }
}

/// What a type or a pattern may begin with, as the parser lists it.
const LISTS: [(&str, &str); 2] = [
    ("expected one of: `for`, parentheses, ", "expected a type"),
    ("expected one of: identifier, `::`, `<`, `_`, literal, ", "expected a pattern"),
];

/// What the parser says, with `help` where it does not say more itself.
pub(crate) fn with_help(error: syn::Error, help: &str) -> syn::Error {
    let each = error.into_iter().map(|error| {
        let text = error.to_string();
        if text.contains("\nhelp:") {
            return error;
        }
        let text = text.trim_start_matches("unexpected end of input, ");
        let short = LISTS.iter().find(|(list, _)| text.starts_with(list)).map_or(text, |(_, short)| short);
        syn::Error::new(error.span(), format!("{short}\nhelp: {help}"))
    });
    let all = each.reduce(|mut all, error| {
        all.combine(error);
        all
    });
    all.expect("an error has a message")
}

/// All the mistakes in one item.
#[derive(Default)]
pub(crate) struct Mistakes {
    all: Vec<syn::Error>,
    item: Option<Ident>,
    has_unread: bool,
}

impl Mistakes {
    /// They are of the item that is named so.
    pub(crate) fn name(&mut self, item: &Ident) {
        self.item = Some(item.clone());
    }

    pub(crate) fn push(&mut self, mistake: Mistake) {
        self.all.push(mistake.into_error());
    }

    pub(crate) fn push_syntax(&mut self, error: syn::Error) {
        self.all.extend(error);
    }

    /// What is right of it; what is not is told, with the others.
    pub(crate) fn keep<T>(&mut self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push_syntax(error)).ok()
    }

    /// A path in place of what could not be read. It leads into a module with a mistake: rustc says nothing of what is
    /// not there, nor of what hangs on it, in whatever scope that is named.
    pub(crate) fn unread(&mut self) -> TokenStream {
        self.has_unread = true;
        let module = self.module();
        quote_spanned!(module.span()=> #module::Unread)
    }

    fn module(&self) -> Ident {
        match &self.item {
            Some(item) => format_ident!("__unread_of_{}", unraw(item), span = ours(item.span())),
            None => Ident::new("__unread", Span::call_site()),
        }
    }

    /// All of them as one, unless there are none.
    pub(crate) fn into_result(self) -> syn::Result<()> {
        let all = self.all.into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        });
        all.map_or(Ok(()), Err)
    }

    pub(crate) fn count(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

impl ToTokens for Mistakes {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let mut errors: Vec<_> = self.all.iter().collect();
        errors.sort_by_key(|error| place(error.span()));
        let errors: Vec<_> = errors.into_iter().map(syn::Error::to_compile_error).collect();
        if let Some(first) = errors.first().filter(|_| self.has_unread) {
            // Of two messages that are equal rustc tells one.
            let module = self.module();
            tokens.extend(quote_spanned!(module.span()=> #[allow(non_snake_case)] mod #module { #first }));
        }
        tokens.extend(errors);
    }
}

/// Line and column, by which mistakes are told in the source's order. Outside of a macro, as in tests, all are one.
fn place(span: Span) -> (usize, usize) {
    if !proc_macro::is_available() {
        return (0, 0);
    }
    let span = span.unwrap();
    (span.line(), span.column())
}

impl From<Mistake> for syn::Error {
    fn from(mistake: Mistake) -> Self {
        mistake.into_error()
    }
}

/// The span of code that is ours and is to be blamed on the user's tokens at `span`: never the whole macro.
pub(crate) fn ours(span: Span) -> Span {
    Span::call_site().located_at(span)
}

/// The same tokens, blamed on the user's tokens at `span`. They mean what they did: a `$crate` is still that crate.
pub(crate) fn blamed(tokens: &TokenStream, span: Span) -> TokenStream {
    let one = |mut token: TokenTree| {
        token.set_span(token.span().located_at(span));
        token
    };
    tokens.clone().into_iter().map(one).collect()
}
