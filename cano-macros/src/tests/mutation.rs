//! One change of a tree of tokens, at any depth: what a slip, a macro, or nobody at all would write.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

/// A change, as numbers: each of them is taken modulo what there is to choose from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mutation {
    pub(crate) kind: usize,
    pub(crate) place: usize,
    pub(crate) with: usize,
}

/// What is done to a level of a tree at a place of it, with some tokens from elsewhere.
type Change = fn(&mut Vec<TokenTree>, usize, &[TokenTree]);

const CHANGES: [Change; 12] = [
    |level, i, _| drop(level.remove(i)),
    |level, i, _| level.insert(i, level[i].clone()),
    |level, i, _| {
        let next = (i + 1).min(level.len() - 1);
        level.swap(i, next);
    },
    |level, i, with| drop(level.splice(i..=i, with.iter().cloned())),
    |level, i, with| drop(level.splice(i..=i, with.iter().cloned())),
    |level, i, with| drop(level.splice(i..i, with.iter().cloned())),
    |level, i, with| drop(level.splice(i + 1..i + 1, with.iter().cloned())),
    |level, i, _| {
        if let TokenTree::Group(group) = &level[i] {
            let inner = group.stream();
            level.splice(i..=i, inner);
        }
    },
    |level, i, with| wrap(level, i, with.len(), Delimiter::None),
    |level, i, with| wrap(level, i, with.len(), Delimiter::Parenthesis),
    |level, i, with| wrap(level, i, with.len(), Delimiter::Brace),
    |level, i, with| wrap(level, i, with.len(), Delimiter::Bracket),
];

/// The tokens with the change, where `others` are trees to take tokens from.
pub(crate) fn mutated(tokens: TokenStream, mutation: Mutation, others: &[TokenStream]) -> TokenStream {
    let places = count(&tokens);
    if places == 0 {
        return tokens;
    }
    let change = CHANGES[mutation.kind % CHANGES.len()];
    let with = chosen(mutation.with, others);
    changed(tokens, &mut (mutation.place % places), &|level, i| change(level, i, &with))
}

fn changed(
    tokens: TokenStream,
    place: &mut usize,
    change: &dyn Fn(&mut Vec<TokenTree>, usize),
) -> TokenStream {
    let mut level: Vec<_> = tokens.into_iter().collect();
    for i in 0..level.len() {
        let inside = match &level[i] {
            TokenTree::Group(group) => count(&group.stream()),
            _ => 0,
        };
        if *place == 0 {
            change(&mut level, i);
            break;
        }
        *place -= 1;
        if let (TokenTree::Group(group), true) = (&level[i], *place < inside) {
            let stream = changed(group.stream(), place, change);
            level[i] = Group::new(group.delimiter(), stream).into();
            break;
        }
        *place -= inside;
    }
    level.into_iter().collect()
}

fn count(tokens: &TokenStream) -> usize {
    let inside = |token| match token {
        TokenTree::Group(group) => count(&group.stream()),
        _ => 0,
    };
    tokens.clone().into_iter().map(|token| 1 + inside(token)).sum()
}

fn wrap(level: &mut Vec<TokenTree>, i: usize, width: usize, delimiter: Delimiter) {
    let end = (i + width.max(1)).min(level.len());
    let inner = level.drain(i..end).collect();
    level.insert(i, Group::new(delimiter, inner).into());
}

/// Some tokens of the pools, or a piece of another tree.
fn chosen(which: usize, others: &[TokenStream]) -> Vec<TokenTree> {
    let (which, from) = (which / 4, which % 4);
    if from > 0 || others.is_empty() {
        return pooled(which / 6, which % 6);
    }
    let (other, which) = (&others[which % others.len()], which / others.len());
    let mut pieces = Vec::new();
    each_piece(other, &mut pieces);
    match pieces.is_empty() {
        true => Vec::new(),
        false => {
            let width = 1 + which / pieces.len() % 6;
            pieces[which % pieces.len()].iter().take(width).cloned().collect()
        }
    }
}

/// From each token on the rest of its level.
fn each_piece(tokens: &TokenStream, into: &mut Vec<Vec<TokenTree>>) {
    let level: Vec<_> = tokens.clone().into_iter().collect();
    for (i, token) in level.iter().enumerate() {
        into.push(level[i..].to_vec());
        if let TokenTree::Group(group) = token {
            each_piece(&group.stream(), into);
        }
    }
}

const WORDS: &str = "_ r#type r#match Self self super crate as break const continue else enum extern false fn for if impl in \
    let loop match mod move mut pub ref return static struct trait true type unsafe use where while async await dyn \
    abstract become box do final macro override priv try typeof unsized virtual yield gen union auto raw safe default \
    macro_rules Straße ß état 日本 ǅ each any over limit partial start exit retry timeout catch undo store exits schedule \
    workflow derive cfg doc name zone none fixed exponential base max jitter within task node fallible_exec cx outcome \
    error String u32 Ok Err Some None Order OrderExit __state __cx __S __0 __Unused";
const LITERALS: &str = "0|1|1u8|0xFFu64|1.0|1e400|1_000.0f32|340282366920938463463374607431768211456|18446744073709551616|1s|8x|\
    \"\"|\"1s\"|\"2\"|\"-1s\"|\"99999999999999999999h\"|\"18446744073709551615s\"|\"30 ms\"|\"\\u{0}\"|\"🦀\"|\"a\"s|\"Mars/Base\"|\
    b\"x\"|c\"x\"|'x'|b'x'|r#\"1s\"#|\"0 0 31 2 *\"|\"0 9 * * *\"|\"@daily\"";
const SIGNS: &str =
    ", ; : = > | & # ! ? . < + - * / % ^ ~ @ $ :: => -> >> << .. ... ..= == != && || += >>= 'a 'static '_";
const PIECES: &str = "()|{}|[]|(a)|[a, B]|{ a }|{ a: u32 }|#[start]|#[exit]|#[cfg(test)]|#![allow(x)]|#[doc = \"x\"]|#[retry(none)]\
    |#[catch(_ => B)]|#[undo(a)]|#[limit(A)]|<T>|<'a>|<const N: usize>|where T: Clone|A = b >> C|=> A { a }|if a|match a { _ => B }\
    |-> ()|&mut a|&'a str|impl Fn()|dyn A + 'a|for<'a> fn(&'a str)|macro!()|a::<B>::c|<A as B>::C|a.await?|async move {}|..b|$x";

/// Of the tokens that the grammar has, and of some that it does not have.
fn pooled(which: usize, pool: usize) -> Vec<TokenTree> {
    let one_of = |pool: &str, between: char| {
        let all: Vec<_> = pool.split(between).filter(|text| !text.is_empty()).collect();
        let text = all[which % all.len()];
        text.parse::<TokenStream>().expect(text).into_iter().collect()
    };
    match pool {
        0 | 1 => one_of(WORDS, ' '),
        2 => one_of(LITERALS, '|'),
        3 => one_of(SIGNS, ' '),
        4 => one_of(PIECES, '|'),
        _ => vec![of_no_text(which)],
    }
}

/// What no text yields, but a macro may.
fn of_no_text(which: usize) -> TokenTree {
    let invisible = |inner: TokenStream| Group::new(Delimiter::None, inner).into();
    match which % 5 {
        0 => Literal::i32_unsuffixed(-1).into(),
        1 => Literal::f64_suffixed(-0.5).into(),
        2 => Punct::new('=', Spacing::Joint).into(),
        3 => invisible(TokenStream::new()),
        _ => invisible(TokenTree::from(Ident::new("a", Span::call_site())).into()),
    }
}
