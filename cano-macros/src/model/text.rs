//! Tokens as a person writes them, on one line: for messages, and for the table as data.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The text. It depends on the tokens alone, not on how they were laid out.
pub(crate) fn text(tokens: &impl ToTokens) -> String {
    let mut line = Line::default();
    line.write(tokens.to_token_stream());
    line.text
}

/// Those of several signs that stand in patterns, types and plain expressions.
const OPERATORS: [&str; 13] = ["::", "..=", "..", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "<<", ">>"];

#[derive(Default)]
struct Line {
    text: String,
    before: Before,
    /// How many `<` of generics are open.
    generics: usize,
}

/// What stands before the next token.
#[derive(Clone, Copy, Default, PartialEq)]
enum Before {
    /// Nothing, or what holds on to the next token: `(`, `::`, a sign.
    #[default]
    Glue,
    /// A name, a literal, a group.
    Operand,
    /// An operator, a comma, a keyword: a sign may follow.
    Operator,
}

impl Line {
    fn write(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) => {
                    let mut operator = String::from(punct.as_char());
                    let mut spacing = punct.spacing();
                    while let (Spacing::Joint, Some(TokenTree::Punct(next))) = (spacing, tokens.peek()) {
                        let longer = format!("{operator}{}", next.as_char());
                        if !OPERATORS.iter().any(|known| known.starts_with(&longer)) {
                            break;
                        }
                        operator = longer;
                        spacing = next.spacing();
                        tokens.next();
                    }
                    self.operator(&operator);
                }
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Ident(name) => {
                    let name = name.to_string();
                    let is_keyword = ["if", "in", "as", "else", "match", "return"].contains(&name.as_str());
                    self.space();
                    self.text += &name;
                    self.before = if is_keyword { Before::Operator } else { Before::Operand };
                }
                TokenTree::Literal(literal) => {
                    self.space();
                    self.text += &literal.to_string();
                    self.before = Before::Operand;
                }
            }
        }
    }

    fn operator(&mut self, operator: &str) {
        let after = match operator {
            "," | ";" | ":" => Before::Operator,
            "::" | "." | ".." | "..=" | "\'" | "#" => {
                if self.before == Before::Operator && operator != "." {
                    self.space();
                }
                Before::Glue
            }
            "?" => Before::Operand,
            "!" if self.before == Before::Operand => Before::Glue,
            "&" | "*" | "-" | "!" | "&&" if self.before != Before::Operand => {
                self.space();
                Before::Glue
            }
            "<" if self.opens_generics() => {
                self.generics += 1;
                Before::Glue
            }
            closing if self.generics > 0 && closing.chars().all(|c| c == '>') => {
                self.generics = self.generics.saturating_sub(closing.len());
                Before::Operand
            }
            _ => {
                self.space();
                Before::Operator
            }
        };
        self.text += operator;
        self.before = after;
    }

    fn group(&mut self, group: &proc_macro2::Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        let holds_on = matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::Bracket);
        if !(holds_on && self.before == Before::Operand) {
            self.space();
        }
        if group.stream().is_empty() {
            self.text += &format!("{}{}", open.trim(), close.trim());
        } else {
            self.text += open;
            self.before = Before::Glue;
            self.write(group.stream());
            self.text += close;
        }
        self.before = Before::Operand;
    }

    fn space(&mut self) {
        if self.before != Before::Glue {
            self.text.push(' ');
        }
    }

    /// After a type's name or `::`; after a value it compares.
    fn opens_generics(&self) -> bool {
        let name = self.text.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
        self.text.ends_with("::") || self.text.is_empty() || name.starts_with(char::is_uppercase)
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn tokens_read_as_they_are_written_by_hand() {
        for written in [
            "Valid(invoice)",
            "(InStock, Known | Unknown(_))",
            "Some(n @ 0..=1000) if n != 500",
            "LedgerError::Full(n) if *n > 0",
            "Missing { stock, .. }",
            "error if error.is_permanent()",
            "total if total >= REVIEWED_FROM && !stopped",
            "Vec<Option<u8>>",
            "Bank::<B>::Open",
            "&[first, .., last]",
            "-1",
            "0 | 1..=9 | 10..",
            "x if matches!(x, Some(_))",
            "n if n - 1 < limit",
            "Closed {}",
            "\"a b\"",
            "book(invoice, total)",
        ] {
            let tokens: proc_macro2::TokenStream = written.parse().expect(written);
            assert_eq!(text(&tokens), written);
        }
    }
}
