//! W0114: a table is data; nothing in it leaves it.

use syn::{Expr, visit::Visit};

use crate::{
    mistake::{Mistake, Mistakes},
    model::{CatchPattern, State, Ways},
};

pub(super) fn none_in_a_row(state: &State, mistakes: &mut Mistakes) {
    let mut search = Search { mistakes };
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
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        let found = match expr {
            Expr::Try(_) => "?",
            Expr::Return(_) => "return",
            Expr::Await(_) => ".await",
            Expr::Break(_) => "break",
            Expr::Continue(_) => "continue",
            Expr::Yield(_) => "yield",
            // These have a control flow of their own.
            Expr::Closure(_) | Expr::Async(_) | Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => return,
            _ => return syn::visit::visit_expr(self, expr),
        };
        self.mistakes.push(
            Mistake::at(expr, format!("`{found}` in a table"))
                .code("W0114")
                .help("do it in the task, and let the outcome say what came of it")
                .note("a route only moves data into the next state: it can neither wait nor fail"),
        );
    }
}
