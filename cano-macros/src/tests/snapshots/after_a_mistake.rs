::core::compile_error! {
    "state `Greet` has no field `nam` [W0113]\nhelp: did you mean `name`?"
}
/**
# Table

| state | task | outcome | next |
| --- | --- | --- | --- |
| Greet (start) | `Greeter(nam)` |  | Greeted |
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
///The tasks of [`Hello`] that have fields; `Hello::with` takes them.
#[derive(::core::clone::Clone, ::core::default::Default)]
pub struct HelloTasks<
    GreeterInstance
        = <private::If<
            Greeter,
            { <Greeter as private::Slot>::IS_TASK },
        > as private::Slot>::Instance,
> {
    ///The task `Greeter`.
    pub greeter: GreeterInstance,
}
#[automatically_derived]
impl Hello {
    /// The table as data.
    #[allow(dead_code)]
    pub const TABLE: &'static private::Table = <Self as private::States>::TABLE;
    /// The workflow.
    #[allow(dead_code)]
    pub fn workflow() -> private::CheckedWorkflow<Self>
    where
        for<'__x> <private::If<
            Greeter,
            { <Greeter as private::Slot>::IS_TASK },
        > as private::Slot>::Instance: private::MadeByDefault,
    {
        private::CheckedWorkflow::new(HelloTasks {
            greeter: private::MadeByDefault::made(),
        })
    }
    /// The workflow with these instances of its tasks.
    #[allow(dead_code)]
    pub fn with(tasks: HelloTasks) -> private::CheckedWorkflow<Self> {
        private::CheckedWorkflow::new(tasks)
    }
    ///One run from the start state, `Greet`, with its fields, to an exit.
    ///
    /// # Errors
    ///
    /// The error of the state in which the run ended.
    #[allow(dead_code)]
    pub fn run<'__s>(
        name: String,
        store: &'__s private::MemoryStore,
    ) -> private::BoxFuture<'__s, private::Result<HelloExit, private::CanoError>>
    where
        for<'__x> <private::If<
            Greeter,
            { <Greeter as private::Slot>::IS_TASK },
        > as private::Slot>::Instance: private::MadeByDefault,
    {
        private::Box::pin(async move {
            Self::workflow().orchestrate_from(Self::Greet { name }, store).await
        })
    }
}
const _: () = {
    #[doc(hidden)]
    impl private::States for Hello {
        type Exit = <private::If<
            HelloExit,
            { private::is_sent::<String>() },
        > as private::Itself>::Type;
        type Store = private::MemoryStore;
        type Tasks = HelloTasks;
        type Undo = ::core::convert::Infallible;
        const TABLE: &'static private::Table = &private::Table::new(
            "Hello",
            "",
            &[
                private::TableState::new(
                    "Greet",
                    "",
                    private::StateKind::Start,
                    &["name"],
                    &["Greeter"],
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
        async fn drive(
            _: Self,
            _: &private::CheckedWorkflow<Self>,
            _: &<Self as private::States>::Store,
            _: &private::Cx,
            _: &<<Self as private::States>::Undo as private::Undo>::Journal,
        ) -> private::Result<<Self as private::States>::Exit, private::CanoError> {
            ::core::panic!()
        }
        fn policy(
            &self,
            _: &<Self as private::States>::Tasks,
        ) -> private::Option<private::TaskConfig> {
            private::None
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
    #[allow(dead_code, type_alias_bounds)]
    type __Task0 = Greeter;
    #[allow(dead_code)]
    fn __named() {}
};
