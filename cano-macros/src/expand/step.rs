//! One step in each state: the task, its outcome, the next state.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};

use super::{Parts, alias, mentioned, patterns::Outcomes};
use crate::{
    mistake::ours,
    model::{Call, Instance, Row, State, Ways},
};

/// The impls of the engine's traits.
pub(super) fn expand(parts: &Parts<'_>) -> TokenStream {
    let aliases = parts.states().filter_map(|(i, state)| Some(parts.aliases(i, state.row.as_ref()?)));
    let steps = parts.states().map(|(i, state)| parts.step_in(i, state));
    let policies = parts.states().map(|(i, state)| parts.policy_in(i, state));
    let catch = parts.catch();
    let never = parts.never_made();
    let private = &parts.private;
    let body = quote! {
        #[deny(unreachable_patterns)]
        #[allow(clippy::all, clippy::pedantic)]
        fn drive(
            self,
            __workflow: &#private::CheckedWorkflow<Self>,
            __store: &Self::Store,
            __cx: &#private::Cx,
        ) -> impl #private::Future<Output = #private::Result<Self::Exit, #private::CanoError>> + ::core::marker::Send {
            async move {
                let __tasks = #private::CheckedWorkflow::tasks(__workflow);
                let mut __state = self;
                #private::drive!(__workflow, __cx, __state, match __state { #(#steps)* #never })
            }
        }

        #[cold]
        fn policy(&self, __tasks: &Self::Tasks) -> #private::Option<#private::TaskConfig> {
            match self { #(#policies)* #never }
        }

        #catch
    };
    let aliases = quote!(#(#aliases)*);
    let impls = parts.impls(&body);
    quote!(#aliases #impls)
}

/// The same with nothing in it.
pub(super) fn expand_stub(parts: &Parts<'_>) -> TokenStream {
    let private = &parts.private;
    parts.impls(&quote! {
        async fn drive(
            self,
            _: &#private::CheckedWorkflow<Self>,
            _: &Self::Store,
            _: &#private::Cx,
        ) -> #private::Result<Self::Exit, #private::CanoError> {
            ::core::panic!()
        }

        fn policy(&self, _: &Self::Tasks) -> #private::Option<#private::TaskConfig> {
            #private::None
        }
    })
}

impl Parts<'_> {
    fn impls(&self, body: &TokenStream) -> TokenStream {
        let (private, workflow, store) = (&self.private, self.workflow, &self.store);
        let (name, exit_name) = (&workflow.name, &workflow.exit_name);
        let (impl_generics, type_generics, where_clause) = workflow.generics.split_for_impl();
        let tasks_type = self.tasks_type();
        let indices = self.states().map(|(i, state)| {
            let name = &state.name;
            quote!(Self::#name { .. } => #i,)
        });
        let never = self.never_made();
        let start = workflow.states.iter().find(|state| state.start.is_some());
        let start = start.map(|start| self.start_impls(start));
        quote! {
            #[automatically_derived]
            impl #impl_generics #private::States for #name #type_generics #where_clause {
                type Exit = #exit_name #type_generics;
                type Store = #store;
                type Tasks = #tasks_type;
                const TABLE: &'static #private::Table = Self::TABLE;

                fn index(&self) -> u32 {
                    match self { #(#indices)* #never }
                }

                #body
            }

            #[automatically_derived]
            impl #impl_generics #private::Slot for #name #type_generics #where_clause {
                type Instance = #private::CheckedWorkflow<Self>;
            }

            #start
        }
    }

    /// How a run begins: with nothing, or as a task of another workflow.
    fn start_impls(&self, start: &State) -> TokenStream {
        let (private, name) = (&self.private, &self.workflow.name);
        let (impl_generics, type_generics, where_clause) = self.workflow.generics.split_for_impl();
        let state = Self::whole(start);
        let bare = start.fields.is_empty().then(|| {
            quote! {
                #[automatically_derived]
                impl #impl_generics #private::BareStart for #name #type_generics #where_clause {
                    fn start() -> Self {
                        Self::#state
                    }
                }
            }
        });
        let fields: Vec<_> = start.fields.iter().map(|field| &field.name).collect();
        let types: Vec<_> = start.fields.iter().map(|field| &field.ty).collect();
        let mut nested = self.workflow.generics.clone();
        nested.make_where_clause().predicates.extend(types.iter().map(|ty| -> syn::WherePredicate {
            syn::parse_quote!(for<'__x> #ty: ::core::clone::Clone + ::core::marker::Sync)
        }));
        let where_clause = &nested.where_clause;
        quote! {
            #bare

            #[automatically_derived]
            impl #impl_generics #private::Nested for #name #type_generics #where_clause {
                type Input<'__a> = (#(&'__a #types,)*) where Self: '__a;

                fn enter((#(#fields,)*): Self::Input<'_>) -> Self {
                    #(let #fields = ::core::clone::Clone::clone(#fields);)*
                    Self::#state
                }
            }
        }
    }

    /// The arm of the variant for generics that no field mentions, where there is one.
    fn never_made(&self) -> Option<TokenStream> {
        let fields = self.workflow.states.iter().flat_map(|state| &state.fields).map(|field| &field.ty);
        let fields = quote!(#(#fields)*);
        let generics = &self.workflow.generics;
        let all_used = generics.type_params().all(|param| super::mentions(&fields, &param.ident));
        (!all_used).then(|| quote!(Self::__Unused(never, _) => match *::core::borrow::Borrow::<::core::convert::Infallible>::borrow(&never) {},))
    }

    /// The types of a row's tasks and of their outcomes, by names of our own: the user's tokens stand here, once.
    fn aliases(&self, i: u32, row: &Row) -> TokenStream {
        let (private, name) = (&self.private, &self.workflow.name);
        let all = &self.workflow.generics;
        let (_, all_types, where_clause) = all.split_for_impl();
        let one = row.calls.iter().enumerate().map(|(k, call)| {
            let (task_alias, outcome_alias, task) = (alias("T", i, k), alias("O", i, k), &call.task);
            let span = ours(call.span);
            let task_type = match call.instance {
                Instance::Function => quote!(#task),
                Instance::Slot(_) => quote_spanned!(span=> <#task as #private::Slot>::Instance),
            };
            let generics = mentioned(all, &quote!(#task));
            let (_, types, _) = generics.split_for_impl();
            let step = quote_spanned!(span=> <#task_alias #types as #private::Step<<#name #all_types as #private::States>::Store>>::Outcome);
            quote! {
                #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
                type #task_alias #generics = #task_type;
                #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
                type #outcome_alias #all #where_clause = #step;
            }
        });
        quote!(#(#one)*)
    }

    /// A row's `match` arm.
    fn step_in(&self, i: u32, state: &State) -> TokenStream {
        let private = &self.private;
        let whole = Self::whole(state);
        let Some(row) = &state.row else {
            let exit_name = &self.workflow.exit_name;
            return quote!(Self::#whole => #private::Next::Exit(#exit_name::#whole),);
        };
        let aliases: Vec<_> = (0..row.calls.len()).map(|k| alias("O", i, k)).collect();
        let (_, types, _) = self.workflow.generics.split_for_impl();
        let outcomes = Outcomes {
            aliases: &aliases,
            generics: {
                let turbofish = types.as_turbofish();
                quote!(#turbofish)
            },
        };
        let result = match row.calls.as_slice() {
            [call] => self.call_one(i, state, call),
            calls => self.call_together(i, state, calls),
        };
        let next = self.route(state, row, &outcomes);
        let span = ours(row.span());
        quote_spanned! {span=>
            Self::#whole => {
                #private::Cx::enter(__cx, #i);
                let __result = #result;
                match __result {
                    #private::Ok(__outcome) => #private::Next::State(#next),
                    #private::Err(__error) => #private::Next::Failed(Self::#whole, __error),
                }
            }
        }
    }

    /// The state that an outcome leads to.
    fn route(&self, state: &State, row: &Row, outcomes: &Outcomes<'_>) -> TokenStream {
        let private = &self.private;
        // At the task's tokens, because that is where rustc says which outcomes are not routed.
        let span = ours(row.span());
        match &row.ways {
            Ways::One(target) => {
                let target = target.expand();
                quote_spanned!(span=> { #private::one_way(__outcome); #target })
            }
            Ways::Named(targets) => {
                let arms = targets.iter().map(|target| {
                    let fields = self.workflow.state(target).map(|state| state.fields.as_slice()).unwrap_or_default();
                    let fields: Vec<_> = fields.iter().map(|field| &field.name).collect();
                    let given = fields.iter().filter(|field| state.field(field).is_none());
                    let variant = outcomes.of(target, 0);
                    quote_spanned!(target.span()=> #variant { #(#given),* } => Self::#target { #(#fields),* },)
                });
                quote_spanned!(span=> match __outcome { #(#arms)* })
            }
            Ways::Arms(arms) => {
                let arms = arms.iter().map(|arm| {
                    let (pat, arrow, target) = (outcomes.qualify(&arm.pat), &arm.arrow, arm.target.expand());
                    quote!(#pat #arrow #target,)
                });
                quote_spanned!(span=> match __outcome { #(#arms)* })
            }
        }
    }

    fn call_one(&self, i: u32, state: &State, call: &Call) -> TokenStream {
        let wiring = self.wiring(i, 0, state, call);
        let call = self.call(i, 0, call, &quote!(__cx));
        quote_spanned!(ours(state.name.span())=> { #wiring #call.await })
    }

    /// Several tasks, each with its own attempts.
    fn call_together(&self, i: u32, state: &State, calls: &[Call]) -> TokenStream {
        let private = &self.private;
        let wiring = calls.iter().enumerate().map(|(k, call)| {
            let (cx, number) = (format_ident!("__cx{k}"), u32::try_from(k).unwrap_or(u32::MAX));
            let wiring = self.wiring(i, k, state, call);
            quote!(#wiring let #cx = #private::Cx::branch(__cx, #number);)
        });
        let tasks = calls.iter().enumerate().map(|(k, call)| {
            let (name, cx, span) = (format_ident!("__task{k}"), format_ident!("__cx{k}"), ours(call.span));
            let policy = self.policy_of(i, k, state, call);
            let call = self.call(i, k, call, &quote!(&#cx));
            let number = u32::try_from(k).unwrap_or(u32::MAX);
            quote_spanned!(span=> #name = #number #private::attempts(|| #policy, &#cx, || #call))
        });
        quote!({ #(#wiring)* #private::together!(__cx; #(#tasks),*) })
    }

    /// The input and the store of a call.
    fn wiring(&self, i: u32, k: usize, state: &State, call: &Call) -> TokenStream {
        let (private, task) = (&self.private, self.task_type(i, k, call));
        let (input, store) = (format_ident!("__input{k}"), format_ident!("__store{k}"));
        let span = ours(call.span);
        let table_store = quote_spanned!(span=> <Self as #private::States>::Store);
        let lent: Vec<_> = match &call.args {
            Some(args) => args.iter().map(|arg| quote_spanned!(arg.span()=> &#arg)).collect(),
            None => state
                .fields
                .iter()
                .map(|field| &field.name)
                .map(|field| quote_spanned!(span=> &#field))
                .collect(),
        };
        let mut lent = Group::new(proc_macro2::Delimiter::Parenthesis, quote!(#(#lent,)*));
        lent.set_span(ours(call.args_span));
        let lent = TokenTree::Group(lent);
        quote_spanned! {span=>
            let #input: <#task as #private::Step<#table_store>>::Input<'_> = #lent;
            let #store = <#table_store as #private::Provides<<#task as #private::Step<#table_store>>::Store>>::provide(__store);
        }
    }

    /// The call itself, a future.
    fn call(&self, i: u32, k: usize, call: &Call, cx: &TokenStream) -> TokenStream {
        let (private, task) = (&self.private, self.task_type(i, k, call));
        let (input, store, instance) =
            (format_ident!("__input{k}"), format_ident!("__store{k}"), self.instance(i, k, call));
        quote_spanned!(ours(call.span)=> <#task as #private::Step<<Self as #private::States>::Store>>::call(#instance, #input, #store, #cx))
    }

    /// A row's policy; a row with several tasks has seen to theirs itself.
    fn policy_in(&self, i: u32, state: &State) -> TokenStream {
        let (private, name) = (&self.private, &state.name);
        let policy = match state.row.as_ref().map(|row| row.calls.as_slice()) {
            Some([call]) => {
                let policy = self.policy_of(i, 0, state, call);
                quote!(#private::Some(#policy))
            }
            _ => quote!(#private::None),
        };
        quote!(Self::#name { .. } => #policy,)
    }

    /// The row's, else the task's.
    fn policy_of(&self, i: u32, k: usize, state: &State, call: &Call) -> TokenStream {
        let private = &self.private;
        match &state.retry {
            Some((_, policy)) => policy.expand(&self.workflow.krate),
            None => {
                let (task, instance) = (self.task_type(i, k, call), self.instance(i, k, call));
                quote_spanned!(ours(call.span)=> <#task as #private::Step<<Self as #private::States>::Store>>::config(#instance))
            }
        }
    }

    fn instance(&self, i: u32, k: usize, call: &Call) -> TokenStream {
        match &call.instance {
            Instance::Function => {
                let task: Ident = alias("T", i, k);
                quote!(&#task {})
            }
            Instance::Slot(field) => quote!(&__tasks.#field),
        }
    }

    fn task_type(&self, i: u32, k: usize, call: &Call) -> TokenStream {
        let (task_alias, task) = (alias("T", i, k), &call.task);
        let generics = mentioned(&self.workflow.generics, &quote!(#task));
        let (_, types, _) = generics.split_for_impl();
        quote!(#task_alias #types)
    }
}
