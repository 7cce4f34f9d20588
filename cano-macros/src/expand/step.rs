//! One step in each state: the task, its outcome, the next state.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};

use super::{Parts, alias, mentioned, patterns::Outcomes};
use crate::{
    mistake::{blamed, ours},
    model::{Call, Instance, Row, State, Ways},
};

/// The impls of the engine's traits.
pub(super) fn expand(parts: &Parts<'_>) -> TokenStream {
    let aliases = parts.states().filter_map(|(_, state)| Some(parts.aliases(state, state.row.as_ref()?)));
    let steps = parts.states().map(|(i, state)| parts.step_in(i, state));
    let policies = parts.states().map(|(_, state)| parts.policy_in(state));
    let catch = parts.catch();
    let never = parts.never_made();
    let at = parts.tasks_at();
    let private = blamed(&parts.private, at);
    let body = quote_spanned! {at=>
        #[deny(unreachable_patterns)]
        #[allow(clippy::all, clippy::pedantic)]
        fn drive(
            mut __state: Self,
            __workflow: &#private::CheckedWorkflow<Self>,
            __store: &<Self as #private::States>::Store,
            __cx: &#private::Cx,
            __done: &<<Self as #private::States>::Undo as #private::Undo>::Done,
        ) -> impl #private::Future<Output = #private::Result<<Self as #private::States>::Exit, #private::CanoError>> + ::core::marker::Send {
            async move {
                let __tasks = #private::CheckedWorkflow::tasks(__workflow);
                #private::drive!(__workflow, __cx, __state, match __state { #(#steps)* #never })
            }
        }

        #[cold]
        fn policy(&self, __tasks: &<Self as #private::States>::Tasks) -> #private::Option<#private::TaskConfig> {
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
    let (private, at) = (&parts.private, parts.at);
    parts.impls(&quote_spanned! {at=>
        async fn drive(
            _: Self,
            _: &#private::CheckedWorkflow<Self>,
            _: &<Self as #private::States>::Store,
            _: &#private::Cx,
            _: &<<Self as #private::States>::Undo as #private::Undo>::Done,
        ) -> #private::Result<<Self as #private::States>::Exit, #private::CanoError> {
            ::core::panic!()
        }

        fn policy(&self, _: &<Self as #private::States>::Tasks) -> #private::Option<#private::TaskConfig> {
            #private::None
        }
    })
}

impl Parts<'_> {
    fn impls(&self, body: &TokenStream) -> TokenStream {
        let (private, workflow, store, at) = (&self.private, self.workflow, &self.store, self.at);
        let (name, exit_name) = (&workflow.name, &workflow.exit_name);
        let (impl_generics, type_generics, where_clause) = workflow.generics.split_for_impl();
        let (tasks_type, table) = (self.tasks_type(), self.table());
        let indices = self.states().map(|(i, state)| {
            let name = &state.name;
            quote_spanned!(at=> Self::#name { .. } => #i,)
        });
        let never = self.never_made();
        let start = workflow.states.iter().find(|state| state.start.is_some());
        // With a lifetime there was a mistake, and these would be another.
        let start = start.filter(|_| workflow.generics.lifetimes().next().is_none());
        let start = start.map(|start| self.start_impls(start));
        // A reference is never without values.
        let of_self =
            if workflow.states.is_empty() { quote_spanned!(at=> *self) } else { quote_spanned!(at=> self) };
        quote_spanned! {at=>
            // Not `#[automatically_derived]`: there rustc is silent about the bindings of the user's patterns.
            #[doc(hidden)]
            impl #impl_generics #private::States for #name #type_generics #where_clause {
                type Exit = #exit_name #type_generics;
                type Store = #store;
                type Tasks = #tasks_type;
                type Undo = ::core::convert::Infallible;
                const TABLE: &'static #private::Table = #table;

                fn index(&self) -> u32 {
                    match #of_self { #(#indices)* #never }
                }

                #body
            }

            #[automatically_derived]
            #[doc(hidden)]
            impl #impl_generics #private::Slot for #name #type_generics #where_clause {
                type Instance = #private::CheckedWorkflow<Self>;
            }

            #start
        }
    }

    /// How a run begins: with nothing, or as a task of another workflow.
    fn start_impls(&self, start: &State) -> TokenStream {
        let (private, name, at) = (&self.private, &self.workflow.name, self.at);
        let (impl_generics, type_generics, where_clause) = self.workflow.generics.split_for_impl();
        let state = Self::whole(start);
        let bare = start.fields.is_empty().then(|| {
            quote_spanned! {at=>
                #[automatically_derived]
                #[doc(hidden)]
                impl #impl_generics #private::StartWithoutFields for #name #type_generics #where_clause {
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
        let exit_name = &self.workflow.exit_name;
        nested.make_where_clause().predicates.push(syn::parse_quote!(for<'__x> Self: ::core::marker::Send));
        nested
            .make_where_clause()
            .predicates
            .push(syn::parse_quote!(for<'__x> #exit_name #type_generics: ::core::marker::Send));
        let where_clause = &nested.where_clause;
        quote_spanned! {at=>
            #bare

            #[automatically_derived]
            #[doc(hidden)]
            impl #impl_generics #private::Nested for #name #type_generics #where_clause {
                type Input<'__a> = (#(&'__a #types,)*) where Self: '__a;

                fn enter((#(#fields,)*): <Self as #private::Nested>::Input<'_>) -> Self {
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
        let at = self.at;
        let all_used = generics.type_params().all(|param| super::mentions(&fields, &param.ident));
        (!all_used).then(|| quote_spanned!(at=> Self::__Unused(never, _) => match *::core::borrow::Borrow::<::core::convert::Infallible>::borrow(&never) {},))
    }

    /// The types of a row's tasks and of their outcomes, by names of our own: the user's tokens stand here, once.
    fn aliases(&self, state: &State, row: &Row) -> TokenStream {
        let name = &self.workflow.name;
        let all = &self.workflow.generics;
        let (_, all_types, where_clause) = all.split_for_impl();
        let one = row.calls.iter().enumerate().map(|(k, call)| {
            let span = ours(call.span);
            let (task_alias, outcome_alias, task) = (alias("Task_of", state, k, span), alias("Outcome_of", state, k, span), &call.task);
            let private = blamed(&self.private, span);
            let task_type = match call.instance {
                Instance::Function => quote!(#task),
                Instance::Slot(_) => quote_spanned!(span=> <#task as #private::Slot>::Instance),
            };
            let generics = mentioned(all, &quote!(#task));
            let (_, types, _) = generics.split_for_impl();
            let step = quote_spanned!(span=> <#task_alias #types as #private::Step<<#name #all_types as #private::States>::Store>>::Outcome);
            quote_spanned! {span=>
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
        let whole = Self::whole(state);
        let Some(row) = &state.row else {
            let (private, exit_name, at) = (&self.private, &self.workflow.exit_name, self.at);
            return quote_spanned!(at=> Self::#whole => #private::Next::Exit(#exit_name::#whole),);
        };
        let aliases: Vec<_> = (0..row.calls.len()).map(|k| alias("Outcome_of", state, k, self.at)).collect();
        let (_, types, _) = self.workflow.generics.split_for_impl();
        let outcomes = Outcomes {
            aliases: &aliases,
            generics: {
                let turbofish = types.as_turbofish();
                quote!(#turbofish)
            },
        };
        // Mutable, so that a route may change what it moves along.
        let fields = state.fields.iter().map(|field| &field.name);
        let fields = fields.map(|field| quote_spanned!(field.span()=> #[allow(unused_mut)] mut #field));
        let state_name = &state.name;
        let taken = quote!(#state_name { #(#fields),* });
        let result = match row.calls.as_slice() {
            [call] => self.call_one(state, call),
            calls => self.call_together(state, calls),
        };
        let next = self.route(state, row, &outcomes);
        let span = ours(row.span());
        let private = blamed(&self.private, span);
        quote_spanned! {span=>
            Self::#taken => {
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
        // At the task's tokens, because that is where rustc says which outcomes are not routed.
        let span = ours(row.span());
        match &row.ways {
            Ways::One(target) => {
                let target = target.expand();
                let checks = self.one_ways(row);
                quote_spanned!(span=> { #checks #target })
            }
            Ways::Named(targets) => {
                let arms = targets.iter().map(|target| {
                    let fields =
                        self.workflow.state(target).map(|state| state.fields.as_slice()).unwrap_or_default();
                    // At the route: there it is said that a field does not fit.
                    let here = |field: &Ident| {
                        let mut field = field.clone();
                        field.set_span(field.span().located_at(target.span()));
                        field
                    };
                    let fields: Vec<_> = fields.iter().map(|field| &field.name).collect();
                    let given: Vec<_> = fields
                        .iter()
                        .filter(|field| state.field(field).is_none())
                        .map(|field| here(field))
                        .collect();
                    let fields: Vec<_> = fields.iter().map(|field| here(field)).collect();
                    let variant = outcomes.of(target, 0);
                    // The outcome's variant may have a field that moves along from the state. Else every one of its fields is
                    // asked for; of a plain name rustc says that there is no such variant, and which one is near.
                    let rest = (given.len() < fields.len()).then(|| quote_spanned!(target.span()=> ..));
                    let given =
                        (!fields.is_empty()).then(|| quote_spanned!(target.span()=> { #(#given,)* #rest }));
                    quote_spanned!(target.span()=> #variant #given => Self::#target { #(#fields),* },)
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

    /// Refuses outcomes that `>>` would drop, each at its task.
    fn one_ways(&self, row: &Row) -> TokenStream {
        let outcomes: Vec<_> = (0..row.calls.len()).map(|k| format_ident!("__outcome{k}")).collect();
        let checks = row.calls.iter().zip(&outcomes).map(|(call, outcome)| {
            let span = ours(call.span);
            let (private, outcome) = (blamed(&self.private, span), blamed(&quote!(#outcome), span));
            quote_spanned!(span=> #private::one_way(#outcome);)
        });
        let span = ours(row.span());
        match outcomes.as_slice() {
            [one] => quote_spanned!(span=> let #one = __outcome; #(#checks)*),
            several => quote_spanned!(span=> let (#(#several),*) = __outcome; #(#checks)*),
        }
    }

    fn call_one(&self, state: &State, call: &Call) -> TokenStream {
        let wiring = self.wiring(0, state, call);
        let span = ours(call.span);
        let call = self.call(state, 0, call, &quote_spanned!(span=> __cx));
        quote_spanned!(span=> { #wiring #call.await })
    }

    /// Several tasks, each with its own attempts.
    fn call_together(&self, state: &State, calls: &[Call]) -> TokenStream {
        let at = ours(state.name.span());
        let private = blamed(&self.private, at);
        let wiring = calls.iter().enumerate().map(|(k, call)| {
            let (cx, number) =
                (format_ident!("__cx{k}", span = ours(call.span)), u8::try_from(k).unwrap_or(u8::MAX));
            let wiring = self.wiring(k, state, call);
            quote_spanned!(at=> #wiring let #cx = #private::Cx::branch(__cx, #number);)
        });
        let tasks = calls.iter().enumerate().map(|(k, call)| {
            let span = ours(call.span);
            let (name, cx) = (format_ident!("__task{k}", span = span), format_ident!("__cx{k}", span = span));
            let private = blamed(&self.private, span);
            let policy = self.policy_of(k, state, call);
            let call = self.call(state, k, call, &quote_spanned!(span=> &#cx));
            let number = u8::try_from(k).unwrap_or(u8::MAX);
            quote_spanned!(span=> #name = #number #private::attempts(|| #policy, &#cx, || #call))
        });
        quote_spanned!(at=> { #(#wiring)* #private::together!(__cx; #(#tasks),*) })
    }

    /// The input and the store of a call.
    fn wiring(&self, k: usize, state: &State, call: &Call) -> TokenStream {
        let span = ours(call.span);
        let (private, task) = (blamed(&self.private, span), self.task_type(state, k, call));
        let (input, store) =
            (format_ident!("__input{k}", span = span), format_ident!("__store{k}", span = span));
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
        let mut lent = Group::new(proc_macro2::Delimiter::Parenthesis, quote_spanned!(span=> #(#lent,)*));
        lent.set_span(ours(call.args_span));
        let lent = TokenTree::Group(lent);
        quote_spanned! {span=>
            let #input: <#task as #private::Step<#table_store>>::Input<'_> = #lent;
            let #store = <#table_store as #private::Provides<<#task as #private::Step<#table_store>>::Store>>::provide(__store);
        }
    }

    /// The call itself, a future.
    fn call(&self, state: &State, k: usize, call: &Call, cx: &TokenStream) -> TokenStream {
        let span = ours(call.span);
        let (private, task) = (blamed(&self.private, span), self.task_type(state, k, call));
        let (input, store, instance) = (
            format_ident!("__input{k}", span = span),
            format_ident!("__store{k}", span = span),
            self.instance(state, k, call),
        );
        quote_spanned!(span=> <#task as #private::Step<<Self as #private::States>::Store>>::call(#instance, #input, #store, #cx))
    }

    /// A row's policy; a row with several tasks has seen to theirs itself.
    fn policy_in(&self, state: &State) -> TokenStream {
        let (private, name, at) = (&self.private, &state.name, self.at);
        let policy = match state.row.as_ref().map(|row| row.calls.as_slice()) {
            Some([call]) => {
                let policy = self.policy_of(0, state, call);
                quote_spanned!(at=> #private::Some(#policy))
            }
            _ => quote_spanned!(at=> #private::None),
        };
        quote_spanned!(at=> Self::#name { .. } => #policy,)
    }

    /// The row's, else the task's.
    fn policy_of(&self, k: usize, state: &State, call: &Call) -> TokenStream {
        match &state.retry {
            Some((_, policy)) => policy.expand(&self.workflow.krate),
            None => {
                let (span, task, instance) =
                    (ours(call.span), self.task_type(state, k, call), self.instance(state, k, call));
                let private = blamed(&self.private, span);
                quote_spanned!(span=> <#task as #private::Step<<Self as #private::States>::Store>>::config(#instance))
            }
        }
    }

    fn instance(&self, state: &State, k: usize, call: &Call) -> TokenStream {
        let span = ours(call.span);
        match &call.instance {
            Instance::Function => {
                let task: Ident = alias("Task_of", state, k, span);
                quote_spanned!(span=> &#task {})
            }
            Instance::Slot(field) => quote_spanned!(span=> &__tasks.#field),
        }
    }

    fn task_type(&self, state: &State, k: usize, call: &Call) -> TokenStream {
        let (task_alias, task) = (alias("Task_of", state, k, ours(call.span)), &call.task);
        let generics = mentioned(&self.workflow.generics, &quote!(#task));
        let (_, types, _) = generics.split_for_impl();
        quote!(#task_alias #types)
    }
}
