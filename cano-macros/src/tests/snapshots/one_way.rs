/// Says hello.
/**
# Table

| state | task | outcome | next |
| --- | --- | --- | --- |
| Greet (start) | `greet(name)` |  | Greeted |
| Greeted (exit) | | | |

# Diagram

```text
Greet (start)
└──▶ Greeted (exit)
```
*/
#[allow(clippy::large_enum_variant)]
pub enum Hello {
    Greet { name: String },
    Greeted,
}
///Where a run of [`Hello`] ends.
pub enum HelloExit {
    Greeted,
}
#[automatically_derived]
impl Hello {
    /// The table as data.
    #[allow(dead_code)]
    pub const TABLE: &'static private::Table = <Self as private::States>::TABLE;
    /// The workflow.
    #[allow(dead_code)]
    pub fn workflow() -> private::CheckedWorkflow<Self> {
        private::CheckedWorkflow::new(())
    }
    ///One run from the start state, `Greet`, with its fields, to an exit.
    ///
    /// # Errors
    ///
    /// The error of the state in which the run ended.
    #[allow(dead_code)]
    pub async fn run(
        name: String,
        store: &private::MemoryStore,
    ) -> private::Result<HelloExit, private::CanoError> {
        Self::workflow().orchestrate_from(Self::Greet { name }, store).await
    }
}
const _: () = {
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Task_of_Greet = greet;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Outcome_of_Greet = <Task_of_Greet as private::Step<
        <Hello as private::States>::Store,
    >>::Outcome;
    #[doc(hidden)]
    impl private::States for Hello {
        type Exit = <private::If<
            HelloExit,
            { private::is_sent::<String>() },
        > as private::Itself>::Type;
        type Store = private::MemoryStore;
        type Tasks = ();
        type Undo = ::core::convert::Infallible;
        const TABLE: &'static private::Table = &private::Table::new(
            "Hello",
            "Says hello.",
            &[
                private::TableState::new(
                    "Greet",
                    "",
                    private::StateKind::Start,
                    &["name"],
                    &["greet"],
                    &[
                        private::Transition::new(
                            "",
                            "Greeted",
                            private::TransitionKind::Outcome,
                        ),
                    ],
                ),
                private::TableState::new(
                    "Greeted",
                    "",
                    private::StateKind::Exit,
                    &[],
                    &[],
                    &[],
                ),
            ],
        );
        #[inline]
        fn index(&self) -> u32 {
            match self {
                Self::Greet { .. } => 0u32,
                Self::Greeted { .. } => 1u32,
            }
        }
        #[deny(unreachable_patterns)]
        #[allow(clippy::all, clippy::pedantic)]
        fn drive(
            __start: Self,
            __workflow: &private::CheckedWorkflow<Self>,
            __store: &<Self as private::States>::Store,
            __cx: &private::Cx,
            __done: &<<Self as private::States>::Undo as private::Undo>::Journal,
        ) -> impl private::Future<
            Output = private::Result<<Self as private::States>::Exit, private::CanoError>,
        > + ::core::marker::Send {
            async move {
                let __tasks = private::CheckedWorkflow::tasks(__workflow);
                let mut __state = __start;
                private::drive(
                    __workflow,
                    __cx,
                    __state,
                    match private::enter(__cx, __state) {
                        Self::Greet { #[allow(unused_mut)] mut name } => {
                            let __result = {
                                let __store0 = <<Self as private::States>::Store as private::Provides<
                                    <Task_of_Greet as private::Step<
                                        <Self as private::States>::Store,
                                    >>::Store,
                                >>::provide(__store);
                                let __input0: <Task_of_Greet as private::Step<
                                    <Self as private::States>::Store,
                                >>::Input<'_> = {
                                    #[allow(unused_imports)]
                                    use private::Lend1 as _;
                                    <Task_of_Greet>::__lend(&name)
                                };
                                <Task_of_Greet as private::Step<
                                    <Self as private::States>::Store,
                                >>::call(&Task_of_Greet {}, __input0, __store0, __cx)
                                    .await
                            };
                            match __result {
                                private::Ok(__outcome) => {
                                    private::Next::State({
                                        let __outcome0 = __outcome;
                                        private::one_way(__outcome0);
                                        Self::Greeted {}
                                    })
                                }
                                private::Err(__error) => {
                                    private::Next::Failed(Self::Greet { name }, __error)
                                }
                            }
                        }
                        Self::Greeted {} => private::Next::Exit(HelloExit::Greeted {}),
                    },
                )
            }
        }
        #[cold]
        fn policy(
            &self,
            __tasks: &<Self as private::States>::Tasks,
        ) -> private::Option<private::TaskConfig> {
            match self {
                Self::Greet { .. } => {
                    private::Some(
                        <Task_of_Greet as private::Step<
                            <Self as private::States>::Store,
                        >>::config(&Task_of_Greet {}),
                    )
                }
                Self::Greeted { .. } => private::None,
            }
        }
    }
    #[automatically_derived]
    #[doc(hidden)]
    impl private::Slot for Hello {
        type Instance = private::CheckedWorkflow<Self>;
        type Outcome = HelloExit;
    }
    #[automatically_derived]
    impl Hello {
        #[doc(hidden)]
        #[inline]
        #[allow(
            dead_code,
            nonstandard_style,
            private_interfaces,
            private_bounds,
            unreachable_pub,
            clippy::all,
            clippy::pedantic
        )]
        pub fn __lend<'__a>(name: &'__a String) -> (&'__a String,) {
            (name,)
        }
    }
    #[automatically_derived]
    #[doc(hidden)]
    impl private::Nested for Hello
    where
        for<'__x> String: ::core::clone::Clone + ::core::marker::Sync,
        for<'__x> Self: ::core::marker::Send,
        for<'__x> HelloExit: ::core::marker::Send,
    {
        type Input<'__a> = (&'__a String,) where Self: '__a;
        fn enter((name,): (&String,)) -> Self {
            let name = ::core::clone::Clone::clone(name);
            Self::Greet { name }
        }
    }
};
