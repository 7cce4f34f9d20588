//! W0114: a table is data; nothing in it leaves it.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, ExprField, Macro, Member, visit::Visit};

use crate::{
    mistake::{Mistake, Mistakes},
    model::{CatchPattern, State, Ways},
};

pub(super) fn none_in_a_row(state: &State, mistakes: &mut Mistakes) {
    let mut search = Search { mistakes, loops: 0 };
    if let Some(row) = &state.row {
        match &row.ways {
            Ways::One(target) => target.values.iter().for_each(|value| search.visit_field_value(value)),
            Ways::Named(_) => {}
            Ways::Arms(arms) => {
                for arm in arms {
                    search.visit_pat(&arm.pat);
                    arm.target.values.iter().for_each(|value| search.visit_field_value(value));
                }
            }
        }
    }
    for catch in &state.catches {
        if let CatchPattern::Any { guard: Some(guard), .. } = &catch.pattern {
            search.visit_expr(guard);
        }
        if let CatchPattern::Error { pat } = &catch.pattern {
            search.visit_pat(pat);
        }
        catch.target.values.iter().for_each(|value| search.visit_field_value(value));
    }
}

struct Search<'a> {
    mistakes: &'a mut Mistakes,
    /// How many loops of the user's own are open: what `break` leaves is theirs.
    loops: usize,
}

impl Search<'_> {
    fn found(&mut self, what: &str, tokens: impl ToTokens) {
        self.mistakes.push(
            Mistake::at(tokens, format!("`{what}` in a table"))
                .code("W0114")
                .help("do it in the task, and let the outcome say what came of it")
                .note("a route only moves data into the next state: it can neither wait nor fail"),
        );
    }

    /// What a macro makes of its tokens is not known, but these words mean the same in nearly all of them.
    fn in_tokens(&mut self, tokens: TokenStream) {
        let mut after_dot = false;
        for token in tokens {
            match &token {
                TokenTree::Group(group) => self.in_tokens(group.stream()),
                TokenTree::Punct(punct) if punct.as_char() == '?' => self.found("?", &token),
                TokenTree::Ident(word) if word == "return" => self.found("return", &token),
                TokenTree::Ident(word) if after_dot && word == "await" => self.found(".await", &token),
                _ => {}
            }
            after_dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        }
    }
}

fn is_self(base: &Expr) -> bool {
    matches!(base, Expr::Path(path) if path.path.is_ident("self"))
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        let found = match expr {
            Expr::Try(_) => "?",
            Expr::Return(_) => "return",
            Expr::Await(_) => ".await",
            Expr::Break(_) if self.loops == 0 => "break",
            Expr::Continue(_) if self.loops == 0 => "continue",
            Expr::Yield(_) => "yield",
            // What leaves these does not leave the table.
            Expr::Closure(_) | Expr::Async(_) => return,
            Expr::Field(ExprField { base, member: Member::Named(field), .. }) if is_self(base) => {
                self.mistakes.push(
                    Mistake::at(expr, "`self` in a table")
                        .code("W0114")
                        .help(format!("write `{field}`: the fields of the state go by their names")),
                );
                return;
            }
            Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => {
                self.loops += 1;
                syn::visit::visit_expr(self, expr);
                self.loops -= 1;
                return;
            }
            _ => return syn::visit::visit_expr(self, expr),
        };
        self.found(found, expr);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.in_tokens(call.tokens.clone());
    }
}
