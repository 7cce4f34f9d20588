//! The parameters of a task: what a row lends, the store, the context.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{
    Attribute, FnArg, Generics, Lifetime, Pat, PatType, ReturnType, Signature, Type, TypeParamBound,
    TypeReference, parse_quote, punctuated::Punctuated, spanned::Spanned, visit::Visit, visit_mut::VisitMut,
};

use super::options::Options;
use crate::mistake::{Mistake, blamed, ours};

/// A task's parameters, in the order of the call.
pub(super) struct Params {
    pub(super) all: Vec<Param>,
}

/// One parameter.
pub(super) enum Param {
    /// Lent by the row.
    Input(Input),
    Store(Store),
    /// Where its type stands.
    Cx(Span),
}

/// What a row lends.
pub(super) struct Input {
    /// The parameter's own name, where it has one.
    pub(super) name: Option<Ident>,
    /// Its type behind the reference, or by value.
    ty: Type,
    by_value: bool,
    local: Ident,
}

/// The store.
pub(super) struct Store {
    /// Its type behind the reference.
    pub(super) ty: Type,
}

impl Params {
    /// Reads the parameters, and takes their marks (`#[store]`, `#[context]`) away.
    pub(super) fn new<'a>(params: impl Iterator<Item = &'a mut FnArg>) -> syn::Result<Self> {
        let mut all = Vec::new();
        for param in params {
            let FnArg::Typed(param) = param else { continue };
            let one = Param::new(param, all.len())?;
            let what = match &one {
                Param::Store(_) => "store",
                Param::Cx(_) => "context",
                Param::Input(_) => "",
            };
            if !what.is_empty()
                && all.iter().any(|other| std::mem::discriminant(other) == std::mem::discriminant(&one))
            {
                return Err(Mistake::at(param, format!("a task has one {what}"))
                    .help("give this parameter another name if a row lends it, or let one store provide the other")
                    .into());
            }
            all.push(one);
        }
        Ok(Self { all })
    }

    pub(super) fn inputs(&self) -> impl Iterator<Item = &Input> {
        self.all.iter().filter_map(|param| match param {
            Param::Input(input) => Some(input),
            _ => None,
        })
    }

    pub(super) fn store(&self) -> Option<&Store> {
        self.all.iter().find_map(|param| match param {
            Param::Store(store) => Some(store),
            _ => None,
        })
    }

    /// `(&'__a A, &'__a B,)`.
    pub(super) fn input_type(&self) -> TokenStream {
        let types = self.inputs().map(Input::lent_type);
        let at = ours(self.inputs().next().map_or_else(Span::call_site, |input| input.ty.span()));
        quote_spanned!(at=> (#(#types,)*))
    }

    /// `(__0, __1,)`.
    pub(super) fn input_pattern(&self) -> TokenStream {
        let locals = self.inputs().map(|input| &input.local);
        quote!((#(#locals,)*))
    }

    /// The arguments of the call.
    pub(super) fn arguments(&self) -> Vec<TokenStream> {
        self.all.iter().map(Param::argument).collect()
    }
}

impl Param {
    fn new(param: &mut PatType, index: usize) -> syn::Result<Self> {
        let is_store = take(&mut param.attrs, "store") || named(param, &["store", "_store"]);
        let is_context = take(&mut param.attrs, "context") || named(param, &["cx", "_cx"]);
        if is_store || is_context {
            let what = if is_store { "store" } else { "context" };
            let Type::Reference(TypeReference { mutability: None, elem, .. }) = &*param.ty else {
                let ty = crate::model::text(&param.ty)
                    .trim_start_matches('&')
                    .trim_start_matches("mut ")
                    .to_owned();
                return Err(Mistake::at(
                    &param.ty,
                    format!("the {what} is shared, and comes as a reference"),
                )
                .help(format!("write `&{ty}`"))
                .into());
            };
            return Ok(if is_context {
                Self::Cx(ours(param.ty.span()))
            } else {
                Self::Store(Store { ty: (**elem).clone() })
            });
        }
        let name = match &*param.pat {
            Pat::Ident(name) => Some(name.ident.clone()),
            _ => None,
        };
        let local = format_ident!("__{index}", span = ours(param.ty.span()));
        match &*param.ty {
            Type::Reference(TypeReference { mutability: Some(_), .. }) => {
                Err(Mistake::at(&param.ty, "a task's inputs are lent, and cannot be changed")
                    .help("take it by value (a clone is made for each attempt) or as `&`, and return what is new in the outcome")
                    .note("an attempt that fails is repeated on the same input")
                    .into())
            }
            ty if has_impl_trait(ty) => Err(Mistake::at(&param.ty, "an input of a task has one type")
                .help("write the type; only the store may be `&impl Trait`")
                .into()),
            Type::Reference(reference) if is_context_type(&reference.elem) => {
                let rule = "a row lends no `Cx`: what a task may know of its attempt is its parameter `cx`";
                Err(Mistake::at(&param.pat, rule).help("name it `cx` or `_cx`, or mark it: `#[context]`").into())
            }
            Type::Reference(reference) => {
                Ok(Self::Input(Input { name, ty: (*reference.elem).clone(), by_value: false, local }))
            }
            ty => Ok(Self::Input(Input { name, ty: ty.clone(), by_value: true, local })),
        }
    }

    pub(super) fn argument(&self) -> TokenStream {
        match self {
            Self::Input(input) => input.argument_from(input),
            Self::Store(store) => quote_spanned!(ours(store.ty.span())=> __store),
            Self::Cx(span) => quote_spanned!(*span=> __cx),
        }
    }
}

impl Input {
    /// The argument for this parameter, from what a row lends as `lent`.
    pub(super) fn argument_from(&self, lent: &Self) -> TokenStream {
        let local = &lent.local;
        match self.by_value {
            true => quote_spanned!(ours(self.ty.span())=> ::core::clone::Clone::clone(#local)),
            false => quote!(#local),
        }
    }

    /// The argument for this parameter, from an owned value; a type that does not fit is wrong where it is written.
    pub(super) fn argument_of(&self, value: &TokenStream) -> TokenStream {
        let span = ours(self.ty.span());
        let value = blamed(value, span);
        if self.by_value { value } else { quote_spanned!(span=> &#value) }
    }

    /// The name of the parameter, or its type where a pattern has no name.
    pub(super) fn written(&self) -> TokenStream {
        match &self.name {
            Some(name) => quote!(#name),
            None => {
                let ty = &self.ty;
                quote!(#ty)
            }
        }
    }

    pub(super) fn is_by_value(&self) -> bool {
        self.by_value
    }

    /// `&'__a T`, with every lifetime in `T` but `'static` the same.
    fn lent_type(&self) -> Type {
        let mut ty = self.ty.clone();
        OneLifetime.visit_type_mut(&mut ty);
        let lifetime = Lifetime::new("'__a", ours(self.ty.span()));
        let lent = quote_spanned!(ours(self.ty.span())=> &#lifetime #ty);
        syn::parse2(lent).expect("a reference to a type is a type")
    }
}

/// The generics of the impl of a task, and what it is over.
pub(super) struct Over {
    /// The impl's generics.
    pub(super) generics: Generics,
    /// The store that the trait is for.
    pub(super) of: TokenStream,
    /// The store that the task asks for.
    pub(super) store: TokenStream,
    /// The store, where it is one type: then the task can be the builder's.
    pub(super) concrete: Option<Type>,
    /// Whether the task is for any store.
    pub(super) any: bool,
}

impl Over {
    /// `own` are the generics of the function, or of the impl, which its type then mentions.
    pub(super) fn new(store: Option<&Store>, own: &Generics, of_impl: bool) -> syn::Result<Self> {
        let mut generics = own.clone();
        if !of_impl {
            generics.params = own
                .params
                .iter()
                .filter(|param| !matches!(param, syn::GenericParam::Lifetime(_)))
                .cloned()
                .collect();
        }
        let (any, mut concrete) = (store.is_none(), None);
        let free: Generics = parse_quote!(<__S: ?::core::marker::Sized + ::core::marker::Sync>);
        let (of, store) = match store.map(|store| &store.ty) {
            None => (quote!(__S), quote!(__S)),
            Some(Type::ImplTrait(bounds)) => {
                let bounds: &Punctuated<TypeParamBound, _> = &bounds.bounds;
                generics.params.push(parse_quote!(__S: #bounds + ::core::marker::Sync));
                let over = quote!(__S);
                return Ok(Self { generics, of: over.clone(), store: over, concrete: None, any: false });
            }
            Some(ty) => {
                let mut ty = ty.clone();
                StaticLifetime.visit_type_mut(&mut ty);
                let is_generic = !of_impl && generics.params.iter().any(|param| mentions(&ty, param));
                if is_generic {
                    let of = quote!(#ty);
                    all_mentioned(&generics, &ty)?;
                    return Ok(Self { generics, of: of.clone(), store: of, concrete: None, any: false });
                }
                concrete = Some(ty.clone());
                (quote!(__S), quote!(#ty))
            }
        };
        if !of_impl && let Some(param) = generics.params.first() {
            return Err(unmentioned(param));
        }
        generics.params.extend(free.params);
        Ok(Self { generics, of, store, concrete, any })
    }
}

fn all_mentioned(generics: &Generics, store: &Type) -> syn::Result<()> {
    match generics.params.iter().find(|param| !mentions(store, param)) {
        Some(param) => Err(unmentioned(param)),
        None => Ok(()),
    }
}

fn unmentioned(param: &syn::GenericParam) -> syn::Error {
    Mistake::at(param, "the store does not mention this parameter, so nothing says what it is")
        .help("write one task for each type, or put `#[task]` on an impl of a generic type")
        .note("a table names a task without parameters; only the store may decide them")
        .into()
}

fn mentions(ty: &Type, param: &syn::GenericParam) -> bool {
    struct Search<'a>(&'a Ident, bool);
    impl<'ast> Visit<'ast> for Search<'_> {
        fn visit_ident(&mut self, name: &'ast Ident) {
            self.1 |= name == self.0;
        }
    }
    let mut search = Search(
        match param {
            syn::GenericParam::Type(param) => &param.ident,
            syn::GenericParam::Const(param) => &param.ident,
            syn::GenericParam::Lifetime(param) => &param.lifetime.ident,
        },
        false,
    );
    search.visit_type(ty);
    search.1
}

fn has_impl_trait(ty: &Type) -> bool {
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
    if is_no_result(ty) {
        let outcome = crate::model::text(ty);
        return Err(Mistake::at(ty, format!("{what} `{name}` returns no `Result`"))
            .help(format!("write `-> Result<{outcome}, Error>`; one that cannot fail may return `Result<{outcome}, std::convert::Infallible>`"))
            .into());
    }
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
    if has_impl_trait(ty) {
        return Err(Mistake::at(ty, "an outcome has a type that can be named")
            .help("write the type, or `Box<dyn Trait + Send>`")
            .into());
    }
    if let Some(borrowed) = search.0 {
        return Err(Mistake::at(borrowed, "an outcome borrows nothing")
            .help("return owned data: a `String` for a `&str`, a `Vec` for a slice, a clone or an `Arc` for the rest")
            .note("the state that the outcome leads to outlives the input")
            .into());
    }
    Ok((**ty).clone())
}

/// The outcome of what a function returns, behind an alias of `Result` as well.
pub(super) fn outcome_of(result: &Type, options: &Options) -> TokenStream {
    let at = ours(result.span());
    let private = options.private(at);
    quote_spanned!(at=> <#result as #private::IsResult>::Ok)
}

/// `Outcome` in `Result<Outcome, Error>`, and in an alias that is written like it.
pub(super) fn written_outcome(result: &Type) -> Option<Type> {
    let path = match result {
        // What a macro by example was given for `$result:ty`.
        Type::Group(group) => return written_outcome(&group.elem),
        Type::Path(path) => path,
        _ => return None,
    };
    let last = path.path.segments.last()?;
    // Of an alias by another name it is not known which of its parameters is the outcome.
    if !last.ident.to_string().ends_with("Result") {
        return None;
    }
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        syn::GenericArgument::Type(outcome) => Some(outcome.clone()),
        _ => None,
    })
}

/// The item without `#[store]` and `#[context]` on its parameters, for when it is emitted as it was.
pub(super) fn without_markers(item: TokenStream) -> TokenStream {
    struct Strip;
    impl VisitMut for Strip {
        fn visit_pat_type_mut(&mut self, param: &mut PatType) {
            take(&mut param.attrs, "store");
            take(&mut param.attrs, "context");
        }
    }
    match syn::parse2::<syn::Item>(item.clone()) {
        Ok(mut parsed) => {
            Strip.visit_item_mut(&mut parsed);
            quote!(#parsed)
        }
        Err(_) => item,
    }
}

/// Takes a mark away, and says whether it was there.
fn take(attrs: &mut Vec<Attribute>, mark: &str) -> bool {
    let before = attrs.len();
    attrs.retain(|attr| !attr.path().is_ident(mark));
    attrs.len() != before
}

fn named(param: &PatType, names: &[&str]) -> bool {
    matches!(&*param.pat, Pat::Ident(name) if names.iter().any(|wanted| name.ident == wanted))
}

/// `Cx`, or a path to it.
fn is_context_type(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Cx"))
}

struct OneLifetime;

impl VisitMut for OneLifetime {
    fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
        if reference.lifetime.is_none() {
            reference.lifetime = Some(parse_quote!('__a));
        }
        syn::visit_mut::visit_type_reference_mut(self, reference);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if lifetime.ident != "static" {
            *lifetime = Lifetime::new("'__a", lifetime.span());
        }
    }
}

struct StaticLifetime;

impl VisitMut for StaticLifetime {
    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        *lifetime = Lifetime::new("'static", lifetime.span());
    }
}
