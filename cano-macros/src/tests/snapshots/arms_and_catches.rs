/**
# Table

| state | task | outcome | next |
| --- | --- | --- | --- |
| Parse (start) | `parse(raw)` | `Valid(invoice) if invoice.total > 0` | Book |
|  |  | `Valid(_) \| Incomplete` | Rejected |
| Book | `book` |  | Booked |
|  |  | catch `LedgerError::Closed` | Rejected |
|  |  | catch `error` | Failed |
| Booked (exit) | | | |
| Rejected (exit) | | | |
| Failed (exit) | | | |

# Diagram

```text
Parse (start)
├─ Valid(invoice) if invoice.total > 0 ─▶ Book
│  ├──▶ Booked (exit)
│  ├╌ LedgerError::Closed ╌▶ Rejected (exit)
│  └╌ error ╌▶ Failed (exit)
└─ Valid(_) | Incomplete ─▶ Rejected (exit)
```
*/
#[allow(clippy::large_enum_variant)]
enum Intake {
    Parse { raw: RawInvoice },
    Book { invoice: Invoice },
    Booked,
    Rejected { raw: RawInvoice },
    Failed { error: CanoError },
}
///Where a run of [`Intake`] ends.
enum IntakeExit {
    Booked,
    Rejected { raw: RawInvoice },
    Failed { error: CanoError },
}
#[automatically_derived]
impl Intake {
    /// The table as data.
    #[allow(dead_code)]
    const TABLE: &'static private::Table = <Self as private::States>::TABLE;
    /// The workflow.
    #[allow(dead_code)]
    fn workflow() -> private::CheckedWorkflow<Self> {
        private::CheckedWorkflow::new(())
    }
    ///One run from the start state, `Parse`, with its fields, to an exit.
    ///
    /// # Errors
    ///
    /// The error of the state in which the run ended.
    #[allow(dead_code)]
    async fn run(
        raw: RawInvoice,
        store: &Ledger,
    ) -> private::Result<IntakeExit, private::CanoError> {
        Self::workflow().orchestrate_from(Self::Parse { raw }, store).await
    }
}
const _: () = {
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Task_of_Parse = parse;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Outcome_of_Parse = <Task_of_Parse as private::Step<
        <Intake as private::States>::Store,
    >>::Outcome;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Task_of_Book = book;
    #[allow(dead_code, non_camel_case_types, type_alias_bounds)]
    type Outcome_of_Book = <Task_of_Book as private::Step<
        <Intake as private::States>::Store,
    >>::Outcome;
    #[doc(hidden)]
    impl private::States for Intake {
        type Exit = <private::If<
            IntakeExit,
            {
                private::is_sent::<RawInvoice>() & private::is_sent::<Invoice>()
                    & private::is_sent::<CanoError>()
            },
        > as private::Itself>::Type;
        type Store = <private::If<
            Ledger,
            { private::is_shared::<Ledger>() },
        > as private::Itself>::Type;
        type Tasks = ();
        type Undo = ::core::convert::Infallible;
        const TABLE: &'static private::Table = &private::Table::new(
            "Intake",
            "",
            &[
                private::TableState::new(
                    "Parse",
                    "",
                    private::StateKind::Start,
                    &["raw"],
                    &["parse"],
                    &[
                        private::Transition::new(
                            "Valid(invoice) if invoice.total > 0",
                            "Book",
                            private::TransitionKind::Outcome,
                        ),
                        private::Transition::new(
                            "Valid(_) | Incomplete",
                            "Rejected",
                            private::TransitionKind::Outcome,
                        ),
                    ],
                ),
                private::TableState::new(
                    "Book",
                    "",
                    private::StateKind::Inner,
                    &["invoice"],
                    &["book"],
                    &[
                        private::Transition::new(
                            "",
                            "Booked",
                            private::TransitionKind::Outcome,
                        ),
                        private::Transition::new(
                            "LedgerError::Closed",
                            "Rejected",
                            private::TransitionKind::Catch,
                        ),
                        private::Transition::new(
                            "error",
                            "Failed",
                            private::TransitionKind::Catch,
                        ),
                    ],
                ),
                private::TableState::new(
                    "Booked",
                    "",
                    private::StateKind::Exit,
                    &[],
                    &[],
                    &[],
                ),
                private::TableState::new(
                    "Rejected",
                    "",
                    private::StateKind::Exit,
                    &["raw"],
                    &[],
                    &[],
                ),
                private::TableState::new(
                    "Failed",
                    "",
                    private::StateKind::Exit,
                    &["error"],
                    &[],
                    &[],
                ),
            ],
        );
        #[inline]
        fn index(&self) -> u32 {
            match self {
                Self::Parse { .. } => 0u32,
                Self::Book { .. } => 1u32,
                Self::Booked { .. } => 2u32,
                Self::Rejected { .. } => 3u32,
                Self::Failed { .. } => 4u32,
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
                        Self::Parse { #[allow(unused_mut)] mut raw } => {
                            let __result = {
                                let __store0 = <<Self as private::States>::Store as private::Provides<
                                    <Task_of_Parse as private::Step<
                                        <Self as private::States>::Store,
                                    >>::Store,
                                >>::provide(__store);
                                let __input0: <Task_of_Parse as private::Step<
                                    <Self as private::States>::Store,
                                >>::Input<'_> = {
                                    #[allow(unused_imports)]
                                    use private::Lend1 as _;
                                    <Task_of_Parse>::__lend(&raw)
                                };
                                <Task_of_Parse as private::Step<
                                    <Self as private::States>::Store,
                                >>::call(&Task_of_Parse {}, __input0, __store0, __cx)
                                    .await
                            };
                            match __result {
                                private::Ok(__outcome) => {
                                    private::Next::State(
                                        match __outcome {
                                            Outcome_of_Parse::Valid(invoice) if invoice.total > 0 => {
                                                Self::Book { invoice }
                                            }
                                            Outcome_of_Parse::Valid(_)
                                            | Outcome_of_Parse::Incomplete => Self::Rejected { raw },
                                        },
                                    )
                                }
                                private::Err(__error) => {
                                    private::Next::Failed(Self::Parse { raw }, __error)
                                }
                            }
                        }
                        Self::Book { #[allow(unused_mut)] mut invoice } => {
                            let __result = {
                                let __store0 = <<Self as private::States>::Store as private::Provides<
                                    <Task_of_Book as private::Step<
                                        <Self as private::States>::Store,
                                    >>::Store,
                                >>::provide(__store);
                                let __input0: <Task_of_Book as private::Step<
                                    <Self as private::States>::Store,
                                >>::Input<'_> = {
                                    #[allow(unused_imports)]
                                    use private::Lend1 as _;
                                    <Task_of_Book>::__lend(&invoice)
                                };
                                <Task_of_Book as private::Step<
                                    <Self as private::States>::Store,
                                >>::call(&Task_of_Book {}, __input0, __store0, __cx)
                                    .await
                            };
                            match __result {
                                private::Ok(__outcome) => {
                                    private::Next::State({
                                        let __outcome0 = __outcome;
                                        private::one_way(__outcome0);
                                        Self::Booked {}
                                    })
                                }
                                private::Err(__error) => {
                                    private::Next::Failed(Self::Book { invoice }, __error)
                                }
                            }
                        }
                        Self::Booked {} => private::Next::Exit(IntakeExit::Booked {}),
                        Self::Rejected { raw } => {
                            private::Next::Exit(IntakeExit::Rejected { raw })
                        }
                        Self::Failed { error } => {
                            private::Next::Exit(IntakeExit::Failed { error })
                        }
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
                Self::Parse { .. } => {
                    private::Some(
                        <Task_of_Parse as private::Step<
                            <Self as private::States>::Store,
                        >>::config(&Task_of_Parse {}),
                    )
                }
                Self::Book { .. } => {
                    private::Some(
                        private::TaskConfig::with_fixed_retry(
                            3u32,
                            private::Duration::new(1u64, 0u32),
                        ),
                    )
                }
                Self::Booked { .. } => private::None,
                Self::Rejected { .. } => private::None,
                Self::Failed { .. } => private::None,
            }
        }
        #[cold]
        fn catch(
            self,
            __error: private::CanoError,
        ) -> private::Result<Self, private::CanoError> {
            match self {
                Self::Book { #[allow(unused_variables)] invoice } => {
                    for __cause in private::CanoError::causes(&__error) {
                        match __cause {
                            LedgerError::Closed { .. } => {
                                return private::Ok(Self::Rejected { raw: invoice.raw });
                            }
                            _ => {}
                        }
                    }
                    let error = __error;
                    return private::Ok(Self::Failed { error });
                }
                _ => {}
            }
            #[allow(unreachable_code)] private::Err(__error)
        }
    }
    #[automatically_derived]
    #[doc(hidden)]
    impl private::Slot for Intake {
        type Instance = private::CheckedWorkflow<Self>;
        type Outcome = IntakeExit;
    }
    #[automatically_derived]
    impl Intake {
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
        pub fn __lend<'__a>(raw: &'__a RawInvoice) -> (&'__a RawInvoice,) {
            (raw,)
        }
    }
    #[automatically_derived]
    #[doc(hidden)]
    impl private::Nested for Intake
    where
        for<'__x> RawInvoice: ::core::clone::Clone + ::core::marker::Sync,
        for<'__x> Self: ::core::marker::Send,
        for<'__x> IntakeExit: ::core::marker::Send,
    {
        type Input<'__a> = (&'__a RawInvoice,) where Self: '__a;
        fn enter((raw,): (&RawInvoice,)) -> Self {
            let raw = ::core::clone::Clone::clone(raw);
            Self::Parse { raw }
        }
    }
};
