#[allow(clippy::unused_async)]
impl Book {
    async fn prep(
        &self,
        invoice: &Invoice,
        store: &Ledger,
    ) -> Result<Draft, LedgerError> {
        draft()
    }
    async fn exec(&self, draft: Draft) -> Receipt {
        write()
    }
    async fn post(
        &self,
        receipt: Receipt,
        store: &Ledger,
    ) -> Result<Booked, LedgerError> {
        book()
    }
}
#[automatically_derived]
impl Book {
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
    pub fn __lend<'__a>(invoice: &'__a Invoice) -> (&'__a Invoice,) {
        (invoice,)
    }
}
#[automatically_derived]
#[doc(hidden)]
#[allow(clippy::all, clippy::pedantic)]
impl<__S: ?::core::marker::Sized + ::core::marker::Sync> private::Step<__S> for Book {
    type Store = Ledger;
    type Input<'__a> = (&'__a Invoice,) where Self: '__a;
    type Outcome = <private::If<
        <Result<Booked, LedgerError> as private::IsResult>::Ok,
        { <Book as private::Slot>::IS_TASK },
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
        async move {
            private::phases! {
                __cx; < Book > ::prep(self, __0, __store), __result =>
                private::finish(__result); __prepared, < Book > ::exec(self, __prepared);
                __executed, < Book > ::post(self, __executed, __store), __result =>
                private::finish(__result)
            }
        }
    }
}
#[automatically_derived]
#[doc(hidden)]
impl private::Slot for Book {
    type Instance = Self;
    type Outcome = <Result<Booked, LedgerError> as private::IsResult>::Ok;
    const IS_TASK: bool = private::is_shared::<Self>();
}
