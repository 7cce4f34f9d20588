//! Several runs of tasks in one row: `(a, b)`, `any(a, b)`, `each(a, over = items)`.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Expr, ExprAssign, ExprCall, ExprLit, ExprParen, ExprPath, ExprTuple, Lit, Path};

use super::{
    call::Call,
    name::{bare_name, ungrouped, unraw},
    text::text,
};
use crate::{
    mistake::{Mistake, Mistakes},
    suggest::{did_you_mean, nearest},
};

/// How the tasks of a row go together.
pub(crate) enum Several {
    /// There is one.
    One,
    /// `(a, b)`: all of them, and the outcome is a tuple.
    All,
    /// `any(a, b)`: the first that succeeds.
    Any,
    /// `each(a, over = items)`: one task for each item, and the outcome is a `Vec`.
    Each(Each),
}

/// What stands behind the task of an `each`.
pub(crate) struct Each {
    /// The field that holds the items.
    pub(crate) over: Ident,
    /// How many go on at once.
    pub(crate) limit: Option<Limit>,
    /// An item's error is its own result.
    pub(crate) partial: bool,
}

/// A number, or the path of a constant.
pub(crate) enum Limit {
    Number(usize),
    Path(Path),
}

const EACH: &str =
    "write it as in `each(fetch, over = urls, limit = 8)`, where `urls` is a field of the state";
const NAMES: [&str; 3] = ["over", "limit", "partial"];

impl Several {
    /// With the tasks that stand before the ways on.
    pub(super) fn new(tasks: Expr, mistakes: &mut Mistakes) -> (Self, Vec<Call>) {
        let (several, tasks) = match ungrouped(tasks) {
            Expr::Tuple(ExprTuple { elems, .. }) => {
                (if elems.len() == 1 { Self::One } else { Self::All }, elems.into_iter().collect())
            }
            Expr::Paren(ExprParen { expr, .. }) => (Self::One, vec![*expr]),
            Expr::Call(call) if is_named(&call.func, "any") => {
                if call.args.len() < 2 {
                    mistakes.push(too_few(&call));
                    return (Self::Any, Vec::new());
                }
                (Self::Any, call.args.into_iter().collect())
            }
            Expr::Call(call) if is_named(&call.func, "each") => {
                return match mistakes.keep(Each::new(call)) {
                    Some((each, call)) => (Self::Each(each), vec![call]),
                    None => (Self::One, Vec::new()),
                };
            }
            one => (Self::One, vec![one]),
        };
        (several, tasks.into_iter().filter_map(|task| mistakes.keep(Call::new(task))).collect())
    }

    /// Whether the outcome is that of one task.
    pub(crate) fn is_of_one(&self) -> bool {
        matches!(self, Self::One | Self::Any)
    }

    /// The row's tasks as they are written, from what each of them is.
    pub(crate) fn written(&self, calls: &[String]) -> Vec<String> {
        match self {
            Self::One | Self::All => calls.to_vec(),
            Self::Any => vec![format!("any({})", calls.join(", "))],
            Self::Each(each) => vec![format!("each({}, over = {})", calls.join(", "), unraw(&each.over))],
        }
    }
}

fn is_named(func: &Expr, name: &str) -> bool {
    matches!(func, Expr::Path(ExprPath { qself: None, path, .. }) if path.is_ident(name))
}

fn too_few(call: &ExprCall) -> Mistake {
    Mistake::at(call, "`any` takes the first of several tasks that succeeds")
        .code("W0118")
        .help("write two tasks or more: `any(ask_near(order), ask_far(order))`")
        .note("a task of yours that is called `any` is written with its path, `self::any`")
}

impl Each {
    fn new(call: ExprCall) -> syn::Result<(Self, Call)> {
        let all = call.to_token_stream();
        let mut args = call.args.into_iter().collect::<Vec<_>>().into_iter();
        let Some(task) = args.next() else {
            return Err(Mistake::at(all, "`each` does not name a task").code("W0118").help(EACH).into());
        };
        if matches!(task, Expr::Assign(_)) {
            return Err(Mistake::at(task, "`each` names its task first").code("W0118").help(EACH).into());
        }
        let mut call = Call::new(task)?;
        // It is lent the item, and what it names beside.
        call.args.get_or_insert_default();
        let (mut options, mut mistakes) = (Options::default(), Mistakes::default());
        let has_items = args.as_slice().iter().any(names_items);
        for arg in args {
            mistakes.keep(options.take(arg, has_items));
        }
        if options.over.is_none() && mistakes.is_empty() {
            let rule = "`each` does not say what it goes over";
            mistakes.push(Mistake::at(all, rule).code("W0118").help(EACH));
        }
        mistakes.into_result()?;
        let over = options.over.expect("else it was a mistake");
        Ok((Self { over, limit: options.limit, partial: options.partial.is_some() }, call))
    }
}

/// What stands behind the task, as far as it was read.
#[derive(Default)]
struct Options {
    over: Option<Ident>,
    limit: Option<Limit>,
    partial: Option<()>,
}

impl Options {
    fn take(&mut self, arg: Expr, has_items: bool) -> syn::Result<()> {
        let Expr::Assign(ExprAssign { left, right, .. }) = arg else {
            let key = bare_name(&arg).ok_or_else(|| option(&arg))?;
            return match unraw(key).as_str() {
                "partial" => once(&mut self.partial, key, ()),
                name @ ("over" | "limit") => {
                    let rule = format!("`{name}` has no value");
                    Err(Mistake::at(key, rule).code("W0118").help(EACH).into())
                }
                _ if !has_items => Err(items_without_over(key).into()),
                _ => Err(option(key).into()),
            };
        };
        let key = bare_name(&left).ok_or_else(|| option(&left))?;
        match unraw(key).as_str() {
            "over" => once(&mut self.over, key, items(&right)?),
            "limit" => once(&mut self.limit, key, Limit::new(*right)?),
            "partial" => Err(Mistake::at(right, "`partial` has no value")
                .code("W0118")
                .help("write `partial` alone, or leave it out")
                .into()),
            _ => Err(option(key).into()),
        }
    }
}

fn items(value: &Expr) -> syn::Result<Ident> {
    bare_name(value).cloned().ok_or_else(|| {
        let mistake = Mistake::at(value, "`each` goes over a field of its state").code("W0118");
        mistake.help("write the field's name, as in `over = urls`").into()
    })
}

/// `over = ..`
fn names_items(arg: &Expr) -> bool {
    matches!(arg, Expr::Assign(ExprAssign { left, .. }) if bare_name(left).is_some_and(|key| key == "over"))
}

fn items_without_over(field: &Ident) -> Mistake {
    let name = text(field);
    let help = match nearest(&name, NAMES) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            format!("write `over = {name}` if it holds the items, or `task({name})` if each task is lent it")
        }
    };
    Mistake::at(field, format!("`each` has no option `{name}`")).code("W0118").help(help)
}

fn option(key: &impl ToTokens) -> Mistake {
    let name = text(key);
    let help = did_you_mean(&name, "the options of `each` are", NAMES);
    Mistake::at(key, format!("`each` has no option `{name}`")).code("W0118").help(help).note(
        "what the task is lent beside the item stands behind its name: `each(fetch(client), over = urls)`",
    )
}

fn once<T>(slot: &mut Option<T>, key: &Ident, value: T) -> syn::Result<()> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(Mistake::at(key, format!("`{key}` is given twice"))
            .code("W0118")
            .help("remove one of the two")
            .into()),
    }
}

impl Limit {
    fn new(value: Expr) -> syn::Result<Self> {
        let wrong = |value: Expr| {
            Mistake::at(value, "the limit of `each` is a whole number from 1 on")
                .code("W0118")
                .help("write how many items go on at once, as in `limit = 8`, or the path of a constant; without it all do")
                .into()
        };
        match ungrouped(value) {
            Expr::Lit(ExprLit { lit: Lit::Int(number), attrs }) => match number.base10_parse::<usize>() {
                Ok(limit) if limit > 0 => Ok(Self::Number(limit)),
                _ => Err(wrong(Expr::Lit(ExprLit { attrs, lit: Lit::Int(number) }))),
            },
            Expr::Path(ExprPath { qself: None, path, .. }) => Ok(Self::Path(path)),
            other => Err(wrong(other)),
        }
    }
}
