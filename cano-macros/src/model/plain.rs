//! W0110: the tasks and targets of a row are read, not emitted, so an attribute on one would be lost.

use syn::{Arm, Attribute, Expr, FieldValue, parse::ParseStream, visit::Visit};

use super::{
    attrs::{STATE_ATTRS, sets_lints},
    text::text,
};
use crate::mistake::Mistake;

/// Of every attribute on a task, a target or the whole row. Those of an arm, of a pattern and within a field's value
/// are kept.
pub(super) fn attributes_of(expr: &Expr) -> Vec<Mistake> {
    struct Search(Vec<Mistake>);
    impl<'ast> Visit<'ast> for Search {
        fn visit_attribute(&mut self, attr: &'ast Attribute) {
            self.0.push(refused(attr, "a row"));
        }

        fn visit_arm(&mut self, arm: &'ast Arm) {
            self.visit_expr(&arm.body);
        }

        fn visit_field_value(&mut self, _: &'ast FieldValue) {}
    }
    let mut search = Search(Vec::new());
    search.visit_expr(expr);
    search.0
}

/// A task or a target in an attribute of a state.
pub(super) fn only_plain(input: ParseStream) -> syn::Result<Expr> {
    let expr = input.parse()?;
    match attributes_of(&expr).into_iter().next() {
        None => Ok(expr),
        Some(mistake) => Err(mistake.into()),
    }
}

/// W0110; on a part of a row alone a condition would leave an outcome without a route.
pub(super) fn refused(attr: &Attribute, part: &str) -> Mistake {
    let name = text(attr.path());
    let mistake = Mistake::at(attr.path(), format!("{part} has no attribute `{name}`")).code("W0110");
    match name.as_str() {
        "cfg" => mistake.help("put `#[cfg]` on the whole `workflow!`, or write one table for each case"),
        "doc" => mistake.help("write a comment with two slashes, or document the state"),
        of_a_state if STATE_ATTRS.contains(&of_a_state) || sets_lints(attr) => {
            mistake.help(format!("put it before the state: `#[{}]`", text(&attr.meta)))
        }
        _ => mistake.help("remove it"),
    }
}
