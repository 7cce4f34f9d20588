//! A row: the tasks of a state, and the ways on.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::{Arm as MatchArm, Attribute, BinOp, Expr, ExprArray, ExprBinary, ExprMatch, Pat, Token};

use super::{
    attrs::sets_lints,
    call::Call,
    name::{ungrouped, unraw},
    plain::{attributes_of, refused},
    several::Several,
    target::{Target, named},
    text::text,
};
use crate::mistake::{Mistake, Mistakes};

/// What stands behind a state's `=`.
pub(crate) struct Row {
    /// One, or several at once.
    pub(crate) calls: Vec<Call>,
    /// How they go together.
    pub(crate) several: Several,
    pub(crate) ways: Ways,
    /// Where it ends.
    pub(crate) end: Span,
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
    /// What is allowed in it, or is an error.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) pat: Pat,
    pub(crate) arrow: Token![=>],
    pub(crate) target: Target,
}

impl Row {
    /// Whether there is more than a task.
    pub(super) fn says_what_follows(row: &Expr) -> bool {
        matches!(row, Expr::Match(_) | Expr::Binary(ExprBinary { op: BinOp::Shr(_), .. }))
    }

    /// `None` where a mistake was reported.
    pub(super) fn new(state: &Ident, row: Expr, mistakes: &mut Mistakes) -> Option<Self> {
        let before = mistakes.count();
        let end = row.to_token_stream().into_iter().last().map_or_else(|| state.span(), |last| last.span());
        attributes_of(&row).into_iter().for_each(|mistake| mistakes.push(mistake));
        let (tasks, ways) = Ways::new(state, row, mistakes)?;
        if let Expr::Binary(ExprBinary { right, op: BinOp::Shr(_), .. }) = &tasks {
            mistakes.push(two_states(right));
            return None;
        }
        let (several, calls) = Several::new(tasks, mistakes);
        if mistakes.count() == before {
            how_many_fit(state, &several, &calls, &ways, mistakes);
        }
        (mistakes.count() == before).then_some(Self { calls, several, ways, end })
    }

    /// Where its tasks stand.
    pub(crate) fn span(&self) -> Span {
        let spans = self.calls.iter().map(|call| call.span);
        spans.reduce(|first, last| first.join(last).unwrap_or(first)).unwrap_or_else(Span::call_site)
    }

    /// Its tasks as they are written.
    pub(crate) fn written(&self) -> Vec<String> {
        self.several.written(&self.calls.iter().map(Call::written).collect::<Vec<_>>())
    }

    /// The fields that it names for its tasks.
    pub(crate) fn lends(&self) -> impl Iterator<Item = &Ident> {
        let items = match &self.several {
            Several::Each(each) => Some(&each.over),
            _ => None,
        };
        items.into_iter().chain(self.calls.iter().flat_map(|call| call.args.iter().flatten()))
    }

    /// The states that it names.
    pub(crate) fn targets(&self) -> Vec<&Ident> {
        match &self.ways {
            Ways::One(target) => vec![&target.state],
            Ways::Named(states) => states.iter().collect(),
            Ways::Arms(arms) => arms.iter().map(|arm| &arm.target.state).collect(),
        }
    }

    /// The same, each with its outcome in words.
    pub(crate) fn routes(&self) -> Vec<(&Ident, String)> {
        match &self.ways {
            Ways::One(target) => vec![(&target.state, String::new())],
            Ways::Named(states) => states.iter().map(|state| (state, unraw(state))).collect(),
            Ways::Arms(arms) => arms.iter().map(|arm| (&arm.target.state, text(&arm.pat))).collect(),
        }
    }
}

impl Ways {
    /// With the tasks before them.
    fn new(state: &Ident, row: Expr, mistakes: &mut Mistakes) -> Option<(Expr, Self)> {
        match ungrouped(row) {
            Expr::Match(ExprMatch { expr, arms, .. }) => {
                let arms = arms.into_iter().filter_map(|arm| mistakes.keep(Arm::new(arm))).collect();
                Some((*expr, Self::Arms(arms)))
            }
            Expr::Binary(ExprBinary { left, op: BinOp::Shr(_), right, .. }) => {
                let ways = match ungrouped(*right) {
                    Expr::Array(ExprArray { elems, .. }) => {
                        Self::Named(elems.into_iter().filter_map(|name| mistakes.keep(named(name))).collect())
                    }
                    target => Self::One(mistakes.keep(Target::new(target))?),
                };
                Some((*left, ways))
            }
            other @ (Expr::Await(_)
            | Expr::Closure(_)
            | Expr::Lit(_)
            | Expr::MethodCall(_)
            | Expr::Range(_)
            | Expr::Try(_)
            | Expr::Unary(_)) => {
                mistakes.keep(Call::new(other));
                None
            }
            other => {
                mistakes.push(no_way_on(state, &other));
                None
            }
        }
    }
}

/// As many as a person's eye takes.
const MOST_AT_ONCE: usize = 8;

impl Arm {
    fn new(arm: MatchArm) -> syn::Result<Self> {
        if let Some(attr) = arm.attrs.iter().find(|attr| !sets_lints(attr)) {
            return Err(refused(attr, "an arm").into());
        }
        Ok(Self {
            attrs: arm.attrs,
            pat: arm.pat,
            arrow: arm.fat_arrow_token,
            target: Target::new(*arm.body)?,
        })
    }
}

fn how_many_fit(state: &Ident, several: &Several, calls: &[Call], ways: &Ways, mistakes: &mut Mistakes) {
    if calls.is_empty() {
        mistakes.push(
            Mistake::at(state, format!("state `{state}` has no task"))
                .code("W0105")
                .help("write the tasks in the brackets: `(first, second) >> Next`"),
        );
    }
    if let Ways::Named(names) = ways
        && !several.is_of_one()
    {
        mistakes.push(
            Mistake::at(quote!(#(#names)*), "`>> [..]` routes the outcome of one task")
                .code("W0109")
                .help(format!("write `{state} = match (..) {{ (OutcomeA, OutcomeB) => Next, .. }}`")),
        );
    }
    if let Some(one_more) = calls.get(MOST_AT_ONCE) {
        mistakes.push(
            Mistake::at(&one_more.task, format!("a state runs at most {MOST_AT_ONCE} tasks at once"))
                .help("make a workflow of some of them, and name that"),
        );
    }
}

fn no_way_on(state: &Ident, row: &Expr) -> Mistake {
    let task = text(row);
    let mistake = |tokens: &dyn ToTokens, help: String| {
        Mistake::at(tokens.to_token_stream(), format!("state `{state}` does not say what follows"))
            .code("W0105")
            .help(help)
    };
    match row {
        Expr::If(choice) => {
            let task = text(&choice.cond);
            mistake(
                &choice.if_token,
                format!("write `{state} = match {task} {{ true => Next, false => Other }}`"),
            )
        }
        Expr::Binary(ExprBinary { left, op: BinOp::BitOr(_), right, .. }) if Row::says_what_follows(left) => {
            let (task, states) = (text(left).replacen(">> ", ">> [", 1), text(right));
            mistake(
                row,
                format!(
                    "write `{state} = {task}, {states}]` where the outcomes bear the states' names, or \
                     `{state} = match task {{ Outcome => Next, .. }}`"
                ),
            )
        }
        Expr::Binary(ExprBinary { left, op: BinOp::BitOr(_), .. }) => {
            let first = text(left);
            mistake(
                row,
                format!(
                    "write `{state} = any({first}, ..) >> Next` for the first of several tasks that succeeds, or \
                     `{state} = ({first}, ..) >> Next` for all of them"
                ),
            )
        }
        Expr::Binary(ExprBinary {
            left,
            op: op @ (BinOp::Gt(_) | BinOp::Shl(_) | BinOp::ShrAssign(_)),
            right,
            ..
        }) => mistake(op, format!("write `{state} = {} >> {}`", text(left), text(right))),
        Expr::Binary(_) => mistake(
            row,
            format!("write `{state} = task >> Next`, or `{state} = match task {{ Outcome => Next, .. }}`"),
        ),
        _ => mistake(
            row,
            format!(
                "write `{state} = {task} >> Next`, or `{state} = match {task} {{ Outcome => Next, .. }}`"
            ),
        ),
    }
}

fn two_states(between: &Expr) -> Mistake {
    let name = text(between);
    Mistake::at(between, "a row leads to one state")
        .code("W0109")
        .help(format!("give `{name}` a row of its own: `{name} = task >> State`"))
}
