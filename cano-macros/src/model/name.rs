//! Names, and expressions that are one.

use proc_macro2::Ident;
use syn::{Expr, ExprPath, ext::IdentExt};

/// A name without `r#`.
pub(crate) fn unraw(name: &Ident) -> String {
    IdentExt::unraw(name).to_string()
}

/// Whether a name is that of a type, a variant or a constant: a binding begins with a small letter.
pub(crate) fn is_constant_case(name: &Ident) -> bool {
    unraw(name).chars().next().is_some_and(char::is_uppercase)
}

pub(super) fn snake_case(name: &Ident) -> Ident {
    let mut snake = String::new();
    let mut after_small = false;
    for c in unraw(name).chars() {
        if c.is_uppercase() && after_small {
            snake.push('_');
        }
        after_small = c.is_lowercase() || c.is_numeric();
        snake.extend(c.to_lowercase());
    }
    match snake.as_str() {
        // Of these there is no `r#self`.
        "self" | "super" | "crate" => Ident::new(&format!("{snake}_"), name.span()),
        // A keyword of which `syn` does not know.
        "gen" => Ident::new_raw(&snake, name.span()),
        _ => match syn::parse_str::<Ident>(&snake) {
            Ok(_) => Ident::new(&snake, name.span()),
            Err(_) => Ident::new_raw(&snake, name.span()),
        },
    }
}

/// The one name that an expression is.
pub(super) fn bare_name(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Group(group) => bare_name(&group.expr),
        Expr::Path(ExprPath { qself: None, path, .. }) => path.get_ident(),
        _ => None,
    }
}

/// What a `macro_rules!` passes as `$task:path` or `$state:expr` comes in brackets that nobody wrote.
pub(super) fn ungrouped(expr: Expr) -> Expr {
    match expr {
        Expr::Group(group) => ungrouped(*group.expr),
        other => other,
    }
}
