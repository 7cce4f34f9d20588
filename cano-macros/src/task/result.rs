//! What a task's function is, and what it returns.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Lifetime, ReturnType, Safety, Signature, Type, TypeReference, spanned::Spanned, visit::Visit};

use super::options::Options;
use crate::mistake::{Mistake, blamed, ours};

pub(super) fn has_impl_trait(ty: &Type) -> bool {
    struct Search(bool);
    impl<'ast> Visit<'ast> for Search {
        fn visit_type_impl_trait(&mut self, _: &'ast syn::TypeImplTrait) {
            self.0 = true;
        }
    }
    let mut search = Search(false);
    search.visit_type(ty);
    search.0
}

/// Whether a type is surely no `Result`. A name that is not known may be an alias of one.
fn is_no_result(ty: &Type) -> bool {
    const OTHERS: [&str; 30] = [
        "Arc",
        "BTreeMap",
        "BTreeSet",
        "Box",
        "Duration",
        "HashMap",
        "HashSet",
        "Option",
        "Rc",
        "Self",
        "String",
        "Vec",
        "bool",
        "char",
        "f32",
        "f64",
        "i128",
        "i16",
        "i32",
        "i64",
        "i8",
        "isize",
        "str",
        "u128",
        "u16",
        "u32",
        "u64",
        "u8",
        "usize",
        "Infallible",
    ];
    match ty {
        Type::Path(path) => {
            path.path.segments.last().is_some_and(|last| OTHERS.iter().any(|other| last.ident == other))
        }
        Type::Group(_) | Type::Paren(_) | Type::Macro(_) | Type::Verbatim(_) => false,
        _ => true,
    }
}

/// What a task's function has to be.
pub(super) fn check_signature(signature: &Signature, what: &str) -> syn::Result<()> {
    let name = &signature.ident;
    if signature.asyncness.is_none() {
        return Err(Mistake::at(signature.fn_token, format!("{what} `{name}` is not async"))
            .help(format!("write `async fn {name}`"))
            .into());
    }
    if let Safety::Unsafe(keyword) = &signature.safety {
        return Err(Mistake::at(keyword, format!("{what} `{name}` is unsafe to call"))
            .help("write an `unsafe` block in it, which upholds what it has to")
            .note("a table calls it, and can promise nothing")
            .into());
    }
    Ok(())
}

/// What it returns, which is a `Result` by all that can be seen of it.
pub(super) fn result_type(signature: &Signature, what: &str) -> syn::Result<Type> {
    let name = &signature.ident;
    let ReturnType::Type(_, ty) = &signature.output else {
        return Err(Mistake::at(name, format!("{what} `{name}` returns no `Result`"))
            .help("write `-> Result<(), Error>`; one that cannot fail may return `Result<(), std::convert::Infallible>`")
            .into());
    };
    // What a function that is not `async` returns may be its future: that it is not `async` is told.
    if signature.asyncness.is_none() && (has_impl_trait(ty) || crate::model::text(ty).contains("Future")) {
        return Ok((**ty).clone());
    }
    if is_no_result(ty) {
        let outcome = crate::model::text(ty);
        return Err(Mistake::at(ty, format!("{what} `{name}` returns no `Result`"))
            .help(format!("write `-> Result<{outcome}, Error>`; one that cannot fail may return `Result<{outcome}, std::convert::Infallible>`"))
            .into());
    }
    if has_impl_trait(ty) {
        return Err(Mistake::at(ty, "an outcome has a type that can be named")
            .help("write the type, or `Box<dyn Trait + Send>`")
            .into());
    }
    if let Some(borrowed) = borrowed(ty) {
        return Err(Mistake::at(borrowed, "an outcome borrows nothing")
            .help("return owned data: a `String` for a `&str`, a `Vec` for a slice, a clone or an `Arc` for the rest")
            .note("the state that the outcome leads to outlives the input")
            .into());
    }
    Ok((**ty).clone())
}

/// What a type borrows first, if anything.
pub(super) fn borrowed(ty: &Type) -> Option<TokenStream> {
    struct Search(Option<TokenStream>);
    impl<'ast> Visit<'ast> for Search {
        fn visit_type_reference(&mut self, reference: &'ast TypeReference) {
            if reference.lifetime.as_ref().is_none_or(|lifetime| lifetime.ident != "static") {
                self.0.get_or_insert(quote!(#reference));
            }
        }

        fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
            if lifetime.ident != "static" {
                self.0.get_or_insert(quote!(#lifetime));
            }
        }
    }
    let mut search = Search(None);
    search.visit_type(ty);
    search.0
}

/// The outcome of what a function returns, behind an alias of `Result` as well.
pub(super) fn outcome_of(result: &Type, options: &Options) -> TokenStream {
    let at = ours(result.span());
    let private = options.private(at);
    quote_spanned!(at=> <#result as #private::IsResult>::Ok)
}

/// `Outcome` in `Result<Outcome, Error>`, and in an alias that is written like it.
pub(super) fn written_outcome(result: &Type) -> Option<Type> {
    written(result)?.into_iter().next()
}

/// The function that makes what a task's function returned into what an attempt yields. Where that does not fit, the
/// error in `Result<Outcome, Error>` is to blame, else the whole of it.
pub(super) fn finish(private: &TokenStream, result: &Type) -> TokenStream {
    let at = error_at(result);
    let private = blamed(private, at);
    quote_spanned!(at=> #private::finish)
}

/// The attempt of a task that is one function: the call, and what it returned made into what an attempt yields.
pub(super) fn finished(
    private: &TokenStream,
    call: TokenStream,
    result: &Type,
    of: &Signature,
) -> TokenStream {
    let at = ours(of.ident.span());
    let (finish, returned) = (finish(private, result), returned(result));
    if of.generics.lifetimes().next().is_none() {
        // With the type that the attempt has: rustc says nothing more of one that is wrong.
        return quote_spanned! {at=>
            #private::finished(#call, |#returned| -> #private::Result<Self::Outcome, #private::CanoError> {
                #finish(#returned)
            })
        };
    }
    // What two parameters share is no lifetime of the attempt's own: within a block nothing of it is seen.
    quote_spanned! {at=>
        async move {
            let #returned = #call.await;
            #finish(#returned)
        }
    }
}

/// The name of what a function returned, which is to blame as well.
pub(super) fn returned(result: &Type) -> Ident {
    Ident::new("__result", error_at(result))
}

fn error_at(result: &Type) -> Span {
    let error = written(result).and_then(|types| types.into_iter().nth(1));
    ours(error.as_ref().unwrap_or(result).span())
}

/// The types in the brackets of a `Result`. Of an alias by another name it is not known which of them is which.
fn written(result: &Type) -> Option<Vec<Type>> {
    let path = match result {
        // What a macro by example was given for `$result:ty`.
        Type::Group(group) => return written(&group.elem),
        Type::Path(path) => path,
        _ => return None,
    };
    let last = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        syn::GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    });
    last.ident.to_string().ends_with("Result").then(|| types.collect())
}
