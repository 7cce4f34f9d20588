//! A task in a row, and the fields that it is lent.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{
    Expr, ExprAsync, ExprBlock, ExprCall, ExprPath, Path, Stmt, Token, Type, punctuated::Punctuated,
    spanned::Spanned,
};

use super::name::{bare_name, is_constant_case, snake_case, ungrouped, unraw};
use crate::{mistake::Mistake, suggest::nearest};

/// A task and what it is lent: `book(invoice)`.
pub(crate) struct Call {
    pub(crate) task: Path,
    /// `None` for all fields of the state.
    pub(crate) args: Option<Vec<Ident>>,
    /// Where the task's name stands, from its first to its last token.
    pub(crate) span: Span,
    /// Where the arguments stand.
    pub(crate) args_span: Span,
    pub(crate) instance: Instance,
}

/// Where a task's value comes from.
pub(crate) enum Instance {
    /// A function: its type has no fields.
    Function,
    /// A type or a workflow, kept in this field of the table's tasks.
    Slot(Ident),
}

impl Call {
    pub(super) fn new(call: Expr) -> syn::Result<Self> {
        match ungrouped(call) {
            Expr::Path(ExprPath { qself: None, path, .. }) => {
                let span = path.span();
                Self::of(path, None, span)
            }
            Expr::Call(ExprCall { func, paren_token, args, .. }) => {
                let func = ungrouped(*func);
                let Expr::Path(ExprPath { qself: None, path, .. }) = func else {
                    return Err(not_a_task(&func));
                };
                if let Some(meant) = misspelt(&path, &args) {
                    return Err(meant.into());
                }
                let args = args.into_iter().map(lent).collect::<syn::Result<_>>()?;
                Self::of(path, Some(args), paren_token.span.join())
            }
            other => Err(not_a_task(&other)),
        }
    }

    fn of(task: Path, args: Option<Vec<Ident>>, args_span: Span) -> syn::Result<Self> {
        let is_keyword = ["Self", "self", "super", "crate"].iter().any(|word| task.is_ident(word));
        if is_keyword || syn::parse2::<Type>(task.to_token_stream()).is_err() {
            let rule = Mistake::at(&task, "expected a task").code("W0105");
            return Err(rule.help("write the task's name; a workflow is named by its own name").into());
        }
        let last = task.segments.last().map(|segment| segment.ident.clone());
        let last = last.ok_or_else(|| Mistake::at(&task, "expected a task").code("W0105"))?;
        let instance = match is_constant_case(&last) {
            true => Instance::Slot(snake_case(&last)),
            false => Instance::Function,
        };
        let span = task.span();
        Ok(Self { task, args, span, args_span, instance })
    }

    /// The call as it is written.
    pub(crate) fn written(&self) -> String {
        let task = super::text(&self.task);
        let args = self.args.as_ref().map(|args| args.iter().map(unraw).collect::<Vec<_>>().join(", "));
        args.map_or_else(|| task.clone(), |args| format!("{task}({args})"))
    }

    /// The task's name: the last segment of its path.
    pub(crate) fn name(&self) -> String {
        self.task.segments.last().map(|segment| unraw(&segment.ident)).unwrap_or_default()
    }
}

/// A name near `any` or `each`, or what others call several tasks at once, with arguments that no task is given.
fn misspelt(task: &Path, args: &Punctuated<Expr, Token![,]>) -> Option<Mistake> {
    let name = unraw(task.get_ident()?);
    if args.iter().all(|arg| bare_name(arg).is_some()) {
        return None;
    }
    if name == "any" || name == "each" {
        return Some(stands_alone(task, &name));
    }
    let help = match nearest(&name, ["any", "each"]) {
        Some(meant) => format!("did you mean `{meant}(..)`?"),
        None => {
            format!("write `{}`", several_at_once(&name, &args.iter().map(super::text).collect::<Vec<_>>())?)
        }
    };
    Some(Mistake::at(task, "a row lends fields of its state").code("W0113").help(help))
}

/// `any` or `each` among other tasks.
pub(crate) fn stands_alone(task: &Path, name: &str) -> Mistake {
    Mistake::at(task, format!("`{name}(..)` is the only task of its row"))
        .code("W0118")
        .help("make a workflow of it, and name that")
}

/// How several tasks at once are written, for a name that says so elsewhere.
pub(crate) fn several_at_once(name: &str, tasks: &[String]) -> Option<String> {
    const ALL: [&str; 6] = ["all", "both", "join", "join_all", "parallel", "try_join"];
    const FIRST: [&str; 5] = ["first", "one_of", "race", "select", "select_ok"];
    let tasks = (tasks.len() > 1).then(|| tasks.join(", "))?;
    match name {
        _ if ALL.contains(&name) => Some(format!("({tasks})")),
        _ if FIRST.contains(&name) => Some(format!("any({tasks})")),
        _ => None,
    }
}

fn lent(arg: Expr) -> syn::Result<Ident> {
    bare_name(&arg).cloned().ok_or_else(|| {
        Mistake::at(arg, "a row lends fields of its state")
            .code("W0113")
            .help("write the field's name; what else the task needs is a field of the task or in the store")
            .note("a field is lent as a reference, so that an attempt can be repeated")
            .into()
    })
}

fn not_a_task(tokens: &Expr) -> syn::Error {
    let operator = match tokens {
        Expr::Try(_) => "?",
        Expr::Await(_) => ".await",
        _ => {
            let help = match what_was_meant(tokens) {
                Some(call) => format!("write `{call}`"),
                None => "write the task's name, `book`, or its name with the fields that it is lent, `book(invoice)`".to_owned(),
            };
            return Mistake::at(tokens, "expected a task")
                .code("W0105")
                .help(help)
                .note(
                    "what has to be computed, or called otherwise, is done in a task: `#[task] async fn ..`",
                )
                .into();
        }
    };
    Mistake::at(tokens, format!("`{operator}` in a table"))
        .code("W0114")
        .help(format!("write `{}`", super::text(bare(tokens))))
        .note("a row awaits its task, and an error ends the run or leads where `#[catch]` says")
        .into()
}

/// A task's name or call that is only written too elaborately.
fn what_was_meant(tokens: &Expr) -> Option<String> {
    match tokens {
        Expr::Path(_) | Expr::Call(_) => Some(super::text(tokens)),
        Expr::Try(_) | Expr::Await(_) => what_was_meant(bare(tokens)),
        Expr::Struct(unit) if unit.fields.is_empty() => Some(super::text(&unit.path)),
        Expr::Block(ExprBlock { block, .. }) | Expr::Async(ExprAsync { block, .. }) => match &*block.stmts {
            [Stmt::Expr(inner, None)] => what_was_meant(inner),
            _ => None,
        },
        _ => None,
    }
}

/// The call behind any `.await` and `?`.
fn bare(task: &Expr) -> &Expr {
    match task {
        Expr::Try(tried) => bare(&tried.expr),
        Expr::Await(awaited) => bare(&awaited.base),
        other => other,
    }
}
