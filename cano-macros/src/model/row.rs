//! A row: the tasks of a state, and the ways on.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{
    Arm as MatchArm, BinOp, Expr, ExprArray, ExprBinary, ExprBlock, ExprCall, ExprMatch, ExprParen, ExprPath,
    ExprStruct, ExprTuple, FieldValue, Pat, Path, Stmt, Token, punctuated::Punctuated, spanned::Spanned,
};

use crate::mistake::{Mistake, Mistakes};

/// What stands behind a state's `=`.
pub(crate) struct Row {
    /// One, or several at once.
    pub(crate) calls: Vec<Call>,
    pub(crate) ways: Ways,
}

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

/// The ways on.
pub(crate) enum Ways {
    /// `task >> Next`.
    One(Target),
    /// `task >> [A, B]`.
    Named(Vec<Ident>),
    /// `match task { Outcome => Next, .. }`.
    Arms(Vec<Arm>),
}

/// One way on.
pub(crate) struct Arm {
    pub(crate) pat: Pat,
    pub(crate) arrow: Token![=>],
    pub(crate) target: Target,
}

/// The state that a route enters, with the values of its fields.
pub(crate) struct Target {
    pub(crate) state: Ident,
    pub(crate) values: Punctuated<FieldValue, Token![,]>,
    /// Where it ends: behind that rustc proposes another arm.
    end: Span,
}

impl Row {
    /// Whether there is more than a task.
    pub(super) fn says_what_follows(row: &Expr) -> bool {
        matches!(row, Expr::Match(_) | Expr::Binary(ExprBinary { op: BinOp::Shr(_), .. }))
    }

    /// `None` where a mistake was reported.
    pub(super) fn new(state: &Ident, row: Expr, mistakes: &mut Mistakes) -> Option<Self> {
        let before = mistakes.count();
        let (task, ways) = match ungrouped(row) {
            Expr::Match(ExprMatch { expr, arms, .. }) => {
                let arms = arms.into_iter().filter_map(|arm| reported(Arm::new(arm), mistakes)).collect();
                (*expr, Ways::Arms(arms))
            }
            Expr::Binary(ExprBinary { left, op: BinOp::Shr(_), right, .. }) => {
                let ways = match ungrouped(*right) {
                    Expr::Array(ExprArray { elems, .. }) => Ways::Named(
                        elems.into_iter().filter_map(|name| reported(named(name), mistakes)).collect(),
                    ),
                    target => Ways::One(reported(Target::new(target), mistakes)?),
                };
                (*left, ways)
            }
            other => {
                let task = super::text(&other);
                mistakes.push(
                    Mistake::at(other, format!("state `{state}` does not say what follows"))
                        .code("W0105")
                        .help(format!(
                            "write `{state} = {task} >> Next`, or `{state} = match {task} {{ Outcome => Next, .. }}`"
                        )),
                );
                return None;
            }
        };
        if let Expr::Binary(ExprBinary { right, op: BinOp::Shr(_), .. }) = &task {
            let between = super::text(right);
            mistakes.push(
                Mistake::at(right, "a row leads to one state")
                    .code("W0109")
                    .help(format!("give `{between}` a row of its own: `{between} = task >> State`")),
            );
            return None;
        }
        let calls = match ungrouped(task) {
            Expr::Tuple(ExprTuple { elems, .. }) => elems.into_iter().collect(),
            Expr::Paren(ExprParen { expr, .. }) => vec![*expr],
            one => vec![one],
        };
        if calls.is_empty() {
            mistakes.push(
                Mistake::at(state, format!("state `{state}` has no task"))
                    .code("W0105")
                    .help("write the tasks in the brackets: `(first, second) >> Next`"),
            );
        }
        if let (Ways::Named(names), [_, _, ..]) = (&ways, calls.as_slice()) {
            let names = names.iter();
            mistakes.push(
                Mistake::at(quote!(#(#names)*), "`>> [..]` routes the outcome of one task")
                    .code("W0109")
                    .help(format!("write `{state} = match (..) {{ (OutcomeA, OutcomeB) => Next, .. }}`")),
            );
        }
        if calls.len() > MOST_AT_ONCE {
            let rule = format!("a state runs at most {MOST_AT_ONCE} tasks at once");
            mistakes.push(
                Mistake::at(&calls[MOST_AT_ONCE], rule)
                    .help("make a workflow of some of them, and name that"),
            );
        }
        let calls: Vec<_> =
            calls.into_iter().filter_map(|call| reported(Call::new(call), mistakes)).collect();
        (mistakes.count() == before && !calls.is_empty()).then_some(Self { calls, ways })
    }

    /// Where its tasks stand.
    pub(crate) fn span(&self) -> Span {
        let spans = self.calls.iter().map(|call| call.span);
        spans.reduce(|first, last| first.join(last).unwrap_or(first)).unwrap_or_else(Span::call_site)
    }

    /// The states that it names, with the way there in words.
    pub(crate) fn targets(&self) -> Vec<(&Ident, String)> {
        match &self.ways {
            Ways::One(target) => vec![(&target.state, String::new())],
            Ways::Named(states) => states.iter().map(|state| (state, super::table::unraw(state))).collect(),
            Ways::Arms(arms) => arms.iter().map(|arm| (&arm.target.state, super::text(&arm.pat))).collect(),
        }
    }
}

/// As many as a person's eye takes.
const MOST_AT_ONCE: usize = 8;

impl Call {
    fn new(call: Expr) -> syn::Result<Self> {
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
                let args = args.into_iter().map(lent).collect::<syn::Result<_>>()?;
                Self::of(path, Some(args), paren_token.span.join())
            }
            other => Err(not_a_task(&other)),
        }
    }

    fn of(task: Path, args: Option<Vec<Ident>>, args_span: Span) -> syn::Result<Self> {
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
        let args =
            self.args.as_ref().map(|args| args.iter().map(super::unraw).collect::<Vec<_>>().join(", "));
        args.map_or_else(|| task.clone(), |args| format!("{task}({args})"))
    }

    /// The task's name: the last segment of its path.
    pub(crate) fn name(&self) -> String {
        self.task.segments.last().map(|segment| super::table::unraw(&segment.ident)).unwrap_or_default()
    }
}

impl Arm {
    fn new(arm: MatchArm) -> syn::Result<Self> {
        Ok(Self { pat: arm.pat, arrow: arm.fat_arrow_token, target: Target::new(*arm.body)? })
    }
}

impl Target {
    pub(super) fn new(target: Expr) -> syn::Result<Self> {
        match ungrouped(target) {
            Expr::Path(ExprPath { qself: None, path, .. }) if path.get_ident().is_some() => {
                let end = path.span();
                Ok(Self { state: plain(path)?, values: Punctuated::new(), end })
            }
            Expr::Struct(ExprStruct {
                qself: None,
                path,
                fields,
                brace_token,
                rest: None,
                dot2_token: None,
                ..
            }) if path.get_ident().is_some() => {
                Ok(Self { state: plain(path)?, values: fields, end: brace_token.span.close() })
            }
            // What rustfmt makes of a long arm.
            Expr::Block(ExprBlock { block, label: None, .. })
                if matches!(&*block.stmts, [Stmt::Expr(_, None)]) =>
            {
                match block.stmts.into_iter().next() {
                    Some(Stmt::Expr(inner, None)) => Self::new(inner),
                    _ => unreachable!("the guard has seen it"),
                }
            }
            other => Err(not_a_state(&other)),
        }
    }

    /// The state's value.
    pub(crate) fn expand(&self) -> TokenStream {
        let (state, values) = (&self.state, &self.values);
        let mut values = Group::new(Delimiter::Brace, values.to_token_stream());
        values.set_span(self.end);
        quote_spanned!(self.state.span()=> Self::#state #values)
    }
}

impl ToTokens for Target {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (state, values) = (&self.state, &self.values);
        tokens.extend(quote!(#state { #values }));
    }
}

/// What a `macro_rules!` passes as `$task:path` or `$state:expr` comes in brackets that nobody wrote.
fn ungrouped(expr: Expr) -> Expr {
    match expr {
        Expr::Group(group) => ungrouped(*group.expr),
        other => other,
    }
}

fn named(name: Expr) -> syn::Result<Ident> {
    match ungrouped(name) {
        Expr::Path(ExprPath { qself: None, path, .. }) if path.get_ident().is_some() => plain(path),
        other => Err(Mistake::at(other, "`>> [..]` holds the names of states")
            .code("W0109")
            .help("write `task >> [StateA, StateB]`; the values of their fields come from this state's fields and from the outcome's, by name")
            .into()),
    }
}

fn plain(path: Path) -> syn::Result<Ident> {
    path.get_ident()
        .cloned()
        .ok_or_else(|| not_a_state(&Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path })))
}

fn lent(arg: Expr) -> syn::Result<Ident> {
    match ungrouped(arg) {
        Expr::Path(ExprPath { qself: None, path, .. }) if path.get_ident().is_some() => plain(path),
        other => Err(Mistake::at(other, "a row lends fields of its state")
            .code("W0113")
            .help("write the field's name; what else the task needs is a field of the task or in the store")
            .note("a field is lent as a reference, so that an attempt can be repeated")
            .into()),
    }
}

fn not_a_task(tokens: &Expr) -> syn::Error {
    let operator = match tokens {
        Expr::Try(_) => "?",
        Expr::Await(_) => ".await",
        _ => {
            return Mistake::at(tokens, "expected a task")
                .code("W0105")
                .help("write the task's name, `book`, or its name with the fields that it is lent, `book(invoice)`")
                .into();
        }
    };
    Mistake::at(tokens, format!("`{operator}` in a table"))
        .code("W0114")
        .help(format!("write `{}`", super::text(bare(tokens))))
        .note("a row awaits its task, and an error ends the run or leads where `#[catch]` says")
        .into()
}

/// The call behind any `.await` and `?`.
fn bare(task: &Expr) -> &Expr {
    match task {
        Expr::Try(tried) => bare(&tried.expr),
        Expr::Await(awaited) => bare(&awaited.base),
        other => other,
    }
}

fn not_a_state(target: &Expr) -> syn::Error {
    // Of what goes over many lines, only what it begins with.
    let (tokens, help) = match target {
        Expr::If(choice) => (
            choice.if_token.to_token_stream(),
            "write a guard: `Outcome if .. => A`, and `Outcome => B` behind it",
        ),
        Expr::Match(choice) => (
            choice.match_token.to_token_stream(),
            "write the inner patterns into the outer ones: `Outcome(0) => A`, `Outcome(n) => B`",
        ),
        Expr::Block(block) => (
            Ident::new("_", block.block.brace_token.span.open()).to_token_stream(),
            "compute it in the task, or within a field's value: `State { field: { .. } }`",
        ),
        Expr::Struct(with_rest) if with_rest.dot2_token.is_some() => {
            (with_rest.dot2_token.to_token_stream(), "name each field: `State { field, other: value }`")
        }
        Expr::Call(_) => (
            target.to_token_stream(),
            "write `State { field, other: value }`: the fields of a state have names",
        ),
        Expr::Path(_) | Expr::Struct(_) => (
            target.to_token_stream(),
            "write the state's name alone, without a path: `State`, or `State { field }`",
        ),
        _ => {
            (target.to_token_stream(), "write the state's name: `State`, or `State { field, other: value }`")
        }
    };
    Mistake::at(tokens, "the target of a route is a state of this table")
        .code("W0109")
        .help(help)
        .note("a table is known before it runs, so what a route leads to cannot be computed")
        .into()
}

fn reported<T>(result: syn::Result<T>, mistakes: &mut Mistakes) -> Option<T> {
    result.map_err(|error| mistakes.push_syntax(error)).ok()
}

/// Whether a name is that of a type, a variant or a constant: a binding begins with a small letter.
pub(crate) fn is_constant_case(name: &Ident) -> bool {
    super::table::unraw(name).chars().next().is_some_and(char::is_uppercase)
}

fn snake_case(name: &Ident) -> Ident {
    let mut snake = String::new();
    let mut after_small = false;
    for c in super::table::unraw(name).chars() {
        if c.is_uppercase() && after_small {
            snake.push('_');
        }
        after_small = c.is_lowercase() || c.is_numeric();
        snake.extend(c.to_lowercase());
    }
    match syn::parse_str::<Ident>(&snake) {
        Ok(_) => Ident::new(&snake, name.span()),
        Err(_) => Ident::new_raw(&snake, name.span()),
    }
}
