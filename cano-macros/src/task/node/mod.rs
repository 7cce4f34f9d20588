//! `#[node] impl Type { prep, exec, post }`.

mod attempt;
mod of_builder;
mod phases;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Generics, Ident, ItemImpl, Type, spanned::Spanned};

use self::phases::{MayFail, Phase, phase};
use super::{
    implementation::functions,
    options::Options,
    over::Over,
    params::Input,
    result::{outcome_of, written_outcome},
    wiring::{Wiring, has_constant, is_task, slot},
};
use crate::{
    mistake::{Mistake, Mistakes, ours},
    model::text,
    suggest::{list, nearest},
};

/// A node, read.
struct Node {
    private: TokenStream,
    ty: Type,
    prep: Phase,
    exec: Phase,
    post: Phase,
    fallback: Option<Phase>,
    prep_result: Type,
    post_result: Type,
}

pub(super) fn expand(options: &Options, mut block: ItemImpl, mistakes: &mut Mistakes) -> Option<TokenStream> {
    let node = Node::new(options, &mut block, mistakes)?;
    mistakes.keep(node.expand(options, &block))
}

impl Node {
    fn new(options: &Options, block: &mut ItemImpl, mistakes: &mut Mistakes) -> Option<Self> {
        mistakes.keep(has_parts(block))?;
        let exec_may_fail = if options.fallible_exec { MayFail::Yes } else { MayFail::No };
        let prep = phase(block, "prep", MayFail::Yes, mistakes);
        let exec = phase(block, "exec", exec_may_fail, mistakes);
        let post = phase(block, "post", MayFail::Yes, mistakes);
        let has_fallback = functions(block).any(|function| function.sig.ident == "exec_fallback");
        // A helper may have such a name where no fallback can be meant.
        if options.fallible_exec
            && !has_fallback
            && let Some(near) = misspelt_fallback(block)
        {
            mistakes.push(Mistake::at(near, "a node has no such part").help("did you mean `exec_fallback`?"));
        }
        let fallback = has_fallback.then(|| phase(block, "exec_fallback", exec_may_fail, mistakes));
        let (prep, exec, post) = (prep?, exec?, post?);
        let fallback = match fallback {
            Some(fallback) => Some(fallback?),
            None => None,
        };
        let ty = (*block.self_ty).clone();
        let private = options.private(ty.span());
        let (prep_result, post_result) = (prep.result.clone()?, post.result.clone()?);
        let node = Self { private, ty, prep, exec, post, fallback, prep_result, post_result };
        node.check(options, mistakes);
        Some(node)
    }

    /// Tells what its parts, each of which is right, may not be together.
    fn check(&self, options: &Options, mistakes: &mut Mistakes) {
        if let Some(fallback) = self.fallback.as_ref().filter(|_| !options.fallible_exec) {
            mistakes.push(
                Mistake::at(&fallback.function.sig.ident, "only a fallible `exec` has a fallback")
                    .help("write `#[node(fallible_exec)]`, and let `exec` return a `Result`"),
            );
        }
        for part in [Some(&self.exec), self.fallback.as_ref()].into_iter().flatten() {
            if part.params.store().is_some() {
                let name = &part.function.sig.ident;
                mistakes.push(
                    Mistake::at(name, format!("`{name}` has no store"))
                        .help("read what it needs in `prep`, and store what it yields in `post`"),
                );
            }
        }
        if mistakes.is_empty() && !options.fallible_exec && post_takes_the_outcome(&self.exec, &self.post) {
            mistakes.push(
                Mistake::at(self.exec.returns(), "`exec` returns a `Result`, and `post` takes its outcome")
                    .help("write `#[node(fallible_exec)]`, so that an `exec` that fails is attempted again")
                    .note("without it `post` is given the `Result`"),
            );
        }
        if let (Some(first), Some(second)) = (self.prep.params.store(), self.post.params.store())
            && text(&first.ty) != text(&second.ty)
        {
            let store = text(&first.ty);
            mistakes.push(
                Mistake::at(&second.ty, format!("a node has one store, and `prep` asks for `{store}`"))
                    .help(format!("write `&{store}`, and let it hold or provide the other")),
            );
        }
    }

    fn expand(&self, options: &Options, block: &ItemImpl) -> syn::Result<TokenStream> {
        let own = &block.generics;
        let store = self.prep.params.store().or(self.post.params.store());
        let over = Over::of_impl(store, own);
        let (private, ty, at) = (&self.private, &self.ty, ours(self.ty.span()));
        let post_result = &self.post_result;
        let wiring = Wiring {
            ty: quote!(#ty),
            name: &self.prep.function.sig.ident,
            over: &over,
            params: &self.prep.params,
            outcome: outcome_of(post_result, options),
            has_constant: has_constant(own),
            written_outcome: written_outcome(post_result),
            policy: options.policy(at),
            timeout: options.timeout(at),
            options,
            body: {
                let attempt = if options.fallible_exec { self.fallible_attempt()? } else { self.attempt()? };
                quote_spanned!(at=> async move { #attempt })
            },
            private: private.clone(),
            at,
            result_at: ours(post_result.span()),
        };
        let (lend, step) = (wiring.lend(own, &Generics::default()), wiring.step());
        let slot = slot(private, &quote!(#ty), own, &wiring.outcome, is_task(private, &quote!(#ty), own));
        let builder = match (options.fallible_exec, self.prep.params.inputs().next()) {
            (_, Some(_)) => TokenStream::new(),
            (true, None) => wiring.task(own),
            (false, None) => self.node_impl(&over, own)?,
        };
        let wiring = options.importing(quote!(#lend #step #slot #builder));
        Ok(quote! {
            // A part of a node is `async` also where it never waits.
            #[allow(clippy::unused_async)]
            #block

            #wiring
        })
    }
}

/// Whether all that `post` takes is what stands in the `Result` of `exec`, as with a fallible one.
fn post_takes_the_outcome(exec: &Phase, post: &Phase) -> bool {
    let outcome = written_outcome(&exec.returns()).map(|ty| text(&ty));
    let mut types = post.params.inputs().map(Input::written_type);
    outcome.is_some() && types.next() == outcome && types.next().is_none()
}

/// A method with a name near that of the one part that a node may do without.
fn misspelt_fallback(block: &ItemImpl) -> Option<&Ident> {
    let names = functions(block).map(|function| &function.sig.ident);
    let is_near = |name: &&Ident| {
        let name = name.to_string();
        name != "exec_fallback" && nearest(&name, ["exec_fallback"]).is_some()
    };
    names.filter(|name| *name != "exec").find(is_near)
}

/// Several parts that are missing are one mistake, unless a name is only misspelt.
fn has_parts(block: &ItemImpl) -> syn::Result<()> {
    let names: Vec<_> = functions(block).map(|function| function.sig.ident.to_string()).collect();
    let is_missing = |part: &&str| nearest(part, names.iter().map(String::as_str)).is_none();
    let missing: Vec<_> = ["prep", "exec", "post"].into_iter().filter(is_missing).collect();
    if missing.len() < 2 {
        return Ok(());
    }
    let parts = missing.iter().map(|part| format!("`async fn {part}(&self, ..)`")).collect::<Vec<_>>();
    Err(Mistake::at(&block.self_ty, format!("a node has no {}", list(missing.iter().copied())))
        .help(format!("write {}", parts.join(", ")))
        .into())
}
