/**
# Table

| state | task | outcome | next |
| --- | --- | --- | --- |
| Ask (start) | `stock(n)`, `Charge::<B>(bank)` | `(InStock, Some(_))` | Choose |
|  |  | `(_, _)` | No |
| Choose | `Choice` | `Yes` | Yes |
|  |  | `No` | No |
| Yes (exit) | | | |
| No (exit) | | | |

# Diagram

```text
Ask (start)
├─ (InStock, Some(_)) ─▶ Choose
│  ├─ Yes ─▶ Yes (exit)
│  └─ No ─▶ No (exit)
└─ (_, _) ─▶ No (exit)
```
*/
#[allow(clippy::large_enum_variant)]
enum Check<B: Bank> {
    Ask { bank: B, n: u32 },
    Choose { n: u32 },
    Yes { n: u32, at: Time },
    No,
}
///Where a run of [`Check`] ends.
enum CheckExit<B: Bank> {
    Yes { n: u32, at: Time },
    No,
    #[doc(hidden)]
    #[allow(dead_code)]
    __Unused(::core::convert::Infallible, ::core::marker::PhantomData<fn() -> (B,)>),
}
///The tasks of [`Check`] that have fields; `Check::with` takes them.
#[derive(::core::clone::Clone, ::core::default::Default)]
struct CheckTasks<ChargeInstance, ChoiceInstance> {
    ///The task `Charge::<B>`.
    charge: ChargeInstance,
    ///The task `Choice`.
    choice: ChoiceInstance,
}
#[automatically_derived]
impl<B: Bank> Check<B> {
    /// The table as data.
    #[allow(dead_code)]
    const TABLE: &'static private::Table = <Self as private::States>::TABLE;
    /// The workflow.
    #[allow(dead_code)]
    fn workflow() -> private::CheckedWorkflow<Self>
    where
        Charge<B>: private::Slot,
        for<'__x> <Charge<B> as private::Slot>::Instance: private::MadeByDefault,
        Choice: private::Slot,
        for<'__x> <Choice as private::Slot>::Instance: private::MadeByDefault,
    {
        private::CheckedWorkflow::new(CheckTasks {
            charge: private::MadeByDefault::made(),
            choice: private::MadeByDefault::made(),
        })
    }
    /// The workflow with these instances of its tasks.
    #[allow(dead_code)]
    fn with(
        tasks: CheckTasks<
            <Charge<B> as private::Slot>::Instance,
            <Choice as private::Slot>::Instance,
        >,
    ) -> private::CheckedWorkflow<Self> {
        private::CheckedWorkflow::new(tasks)
    }
    ///One run from the start state, `Ask`, with its fields, to an exit.
    ///
    /// # Errors
    ///
    /// The error of the state in which the run ended.
    #[allow(dead_code)]
    async fn run(
        bank: B,
        n: u32,
        store: &private::MemoryStore,
    ) -> private::Result<CheckExit<B>, private::CanoError>
    where
        Charge<B>: private::Slot,
        for<'__x> <Charge<B> as private::Slot>::Instance: private::MadeByDefault,
        Choice: private::Slot,
        for<'__x> <Choice as private::Slot>::Instance: private::MadeByDefault,
    {
        Self::workflow().orchestrate_from(Self::Ask { bank, n }, store).await
    }
}
const _: () = {
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Task_of_Ask = stock;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Outcome_of_Ask<B: Bank> = <Task_of_Ask as private::Step<
        <Check<B> as private::States>::Store,
    >>::Outcome;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Named_of_Ask_1<B: Bank> = Charge<B>;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Task_of_Ask_1<B: Bank> = <Named_of_Ask_1<B> as private::Slot>::Instance;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Outcome_of_Ask_1<B: Bank> = <Named_of_Ask_1<B> as private::Slot>::Outcome;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Named_of_Choose = Choice;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Task_of_Choose = <Named_of_Choose as private::Slot>::Instance;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Outcome_of_Choose<B: Bank> = <Named_of_Choose as private::Slot>::Outcome;
    #[doc(hidden)]
    impl<B: Bank> private::States for Check<B> {
        type Exit = CheckExit<B>;
        type Store = private::MemoryStore;
        type Tasks = CheckTasks<
            <Charge<B> as private::Slot>::Instance,
            <Choice as private::Slot>::Instance,
        >;
        type Undo = ::core::convert::Infallible;
        const TABLE: &'static private::Table = &private::Table::new(
            "Check",
            "",
            &[
                private::TableState::new(
                    "Ask",
                    "",
                    private::StateKind::Start,
                    &["bank", "n"],
                    &["stock", "Charge"],
                    &[
                        private::Transition::new(
                            "(InStock, Some(_))",
                            "Choose",
                            private::TransitionKind::Outcome,
                        ),
                        private::Transition::new(
                            "(_, _)",
                            "No",
                            private::TransitionKind::Outcome,
                        ),
                    ],
                ),
                private::TableState::new(
                    "Choose",
                    "",
                    private::StateKind::Inner,
                    &["n"],
                    &["Choice"],
                    &[
                        private::Transition::new(
                            "Yes",
                            "Yes",
                            private::TransitionKind::Outcome,
                        ),
                        private::Transition::new(
                            "No",
                            "No",
                            private::TransitionKind::Outcome,
                        ),
                    ],
                ),
                private::TableState::new(
                    "Yes",
                    "",
                    private::StateKind::Exit,
                    &["n", "at"],
                    &[],
                    &[],
                ),
                private::TableState::new(
                    "No",
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
                Self::Ask { .. } => 0u32,
                Self::Choose { .. } => 1u32,
                Self::Yes { .. } => 2u32,
                Self::No { .. } => 3u32,
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
                        Self::Ask {
                            #[allow(unused_mut)]
                            mut bank,
                            #[allow(unused_mut)]
                            mut n,
                        } => {
                            let __result = {
                                let __store0 = <<Self as private::States>::Store as private::Provides<
                                    <Task_of_Ask as private::Step<
                                        <Self as private::States>::Store,
                                    >>::Store,
                                >>::provide(__store);
                                let __input0: <Task_of_Ask as private::Step<
                                    <Self as private::States>::Store,
                                >>::Input<'_> = {
                                    #[allow(unused_imports)]
                                    use private::Lend1 as _;
                                    <Task_of_Ask>::__lend(&n)
                                };
                                let __cx0 = &private::Cx::branch(__cx, 0u8);
                                let __store1 = <<Self as private::States>::Store as private::Provides<
                                    <Task_of_Ask_1<
                                        B,
                                    > as private::Step<<Self as private::States>::Store>>::Store,
                                >>::provide(__store);
                                let __input1: <Task_of_Ask_1<
                                    B,
                                > as private::Step<
                                    <Self as private::States>::Store,
                                >>::Input<'_> = {
                                    #[allow(unused_imports)]
                                    use private::Lend1 as _;
                                    <Named_of_Ask_1<B>>::__lend(&bank)
                                };
                                let __cx1 = &private::Cx::branch(__cx, 1u8);
                                private::together!(
                                    __task0 = __cx0, private::attempts(|| < Task_of_Ask as
                                    private::Step << Self as private::States > ::Store >>
                                    ::config(& Task_of_Ask {}), __cx0, || < Task_of_Ask as
                                    private::Step << Self as private::States > ::Store >>
                                    ::call(& Task_of_Ask {}, __input0, __store0, __cx0));
                                    __task1 = __cx1, private::attempts(|| < Task_of_Ask_1 < B >
                                    as private::Step << Self as private::States > ::Store >>
                                    ::config(& __tasks.charge), __cx1, || < Task_of_Ask_1 < B >
                                    as private::Step << Self as private::States > ::Store >>
                                    ::call(& __tasks.charge, __input1, __store1, __cx1))
                                )
                            };
                            match __result {
                                private::Ok(__outcome) => {
                                    private::Next::State(
                                        match __outcome {
                                            (
                                                Outcome_of_Ask::<B>::InStock,
                                                Outcome_of_Ask_1::<B>::Some(_),
                                            ) => Self::Choose { n },
                                            (_, _) => Self::No {},
                                        },
                                    )
                                }
                                private::Err(__error) => {
                                    private::Next::Failed(Self::Ask { bank, n }, __error)
                                }
                            }
                        }
                        Self::Choose { #[allow(unused_mut)] mut n } => {
                            let __result = {
                                let __store0 = <<Self as private::States>::Store as private::Provides<
                                    <Task_of_Choose as private::Step<
                                        <Self as private::States>::Store,
                                    >>::Store,
                                >>::provide(__store);
                                let __input0: <Task_of_Choose as private::Step<
                                    <Self as private::States>::Store,
                                >>::Input<'_> = {
                                    #[allow(unused_imports)]
                                    use private::Lend1 as _;
                                    <Named_of_Choose>::__lend(&n)
                                };
                                <Task_of_Choose as private::Step<
                                    <Self as private::States>::Store,
                                >>::call(&__tasks.choice, __input0, __store0, __cx)
                                    .await
                            };
                            match __result {
                                private::Ok(__outcome) => {
                                    private::Next::State(
                                        match __outcome {
                                            Outcome_of_Choose::<B>::Yes { at, .. } => {
                                                Self::Yes { n, at }
                                            }
                                            Outcome_of_Choose::<B>::No => Self::No {},
                                        },
                                    )
                                }
                                private::Err(__error) => {
                                    private::Next::Failed(Self::Choose { n }, __error)
                                }
                            }
                        }
                        Self::Yes { n, at } => {
                            private::Next::Exit(CheckExit::Yes { n, at })
                        }
                        Self::No {} => private::Next::Exit(CheckExit::No {}),
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
                Self::Ask { .. } => private::None,
                Self::Choose { .. } => {
                    private::Some(
                        <Task_of_Choose as private::Step<
                            <Self as private::States>::Store,
                        >>::config(&__tasks.choice),
                    )
                }
                Self::Yes { .. } => private::None,
                Self::No { .. } => private::None,
            }
        }
        const HOSTS: bool = <Task_of_Ask_1<
            B,
        > as private::Step<<Self as private::States>::Store>>::UNDOES
            || <Task_of_Choose as private::Step<
                <Self as private::States>::Store,
            >>::UNDOES;
    }
    #[automatically_derived]
    #[doc(hidden)]
    impl<B: Bank> private::Slot for Check<B> {
        type Instance = private::CheckedWorkflow<Self>;
        type Outcome = CheckExit<B>;
    }
    #[automatically_derived]
    impl<B: Bank> Check<B> {
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
        pub fn __lend<'__a>(bank: &'__a B, n: &'__a u32) -> (&'__a B, &'__a u32) {
            (bank, n)
        }
    }
    #[automatically_derived]
    #[doc(hidden)]
    impl<B: Bank> private::Nested for Check<B>
    where
        for<'__x> B: ::core::clone::Clone + ::core::marker::Sync,
        for<'__x> u32: ::core::clone::Clone + ::core::marker::Sync,
        for<'__x> Self: ::core::marker::Send,
        for<'__x> CheckExit<B>: ::core::marker::Send,
    {
        type Input<'__a> = (&'__a B, &'__a u32) where Self: '__a;
        fn enter((bank, n): (&B, &u32)) -> Self {
            let bank = ::core::clone::Clone::clone(bank);
            let n = ::core::clone::Clone::clone(n);
            Self::Ask { bank, n }
        }
    }
};
