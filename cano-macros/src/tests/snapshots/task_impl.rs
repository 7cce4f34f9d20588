#[allow(clippy::unused_async)]
impl Greeter {
    async fn run(&self, name: &str) -> CanoResult<()> {
        greet(name)
    }
}
#[automatically_derived]
impl Greeter {
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
    pub fn __lend<'__a>(name: &'__a str) -> (&'__a str,) {
        (name,)
    }
}
#[automatically_derived]
#[doc(hidden)]
#[allow(clippy::all, clippy::pedantic)]
impl<__S: ?::core::marker::Sized + ::core::marker::Sync> private::Step<__S> for Greeter {
    type Store = __S;
    type Input<'__a> = (&'__a str,) where Self: '__a;
    type Outcome = <private::If<
        <CanoResult<()> as private::IsResult>::Ok,
        { <Greeter as private::Slot>::IS_TASK },
    > as private::Itself>::Type;
    fn config(&self) -> private::TaskConfig {
        private::TaskConfig::minimal()
    }
    #[inline]
    #[allow(unused_variables)]
    fn call<'__a>(
        &'__a self,
        __input: Self::Input<'__a>,
        __store: &Self::Store,
        __cx: &private::Cx,
    ) -> impl private::Future<
        Output = private::Result<Self::Outcome, private::CanoError>,
    > + ::core::marker::Send {
        let (__0,) = __input;
        private::finished(
            <Greeter>::run(self, __0),
            |__result| -> private::Result<Self::Outcome, private::CanoError> {
                private::finish(__result)
            },
        )
    }
}
#[automatically_derived]
#[doc(hidden)]
impl private::Slot for Greeter {
    type Instance = Self;
    type Outcome = <CanoResult<()> as private::IsResult>::Ok;
    const IS_TASK: bool = private::is_shared::<Self>();
}
