#[allow(clippy::unused_async)]
/// Books it.
pub async fn book(
    invoice: &Invoice,
    limit: u32,
    store: &Ledger,
    cx: &Cx,
) -> Result<Booked, LedgerError> {
    todo()
}
///The task [`book`](fn@book) as a type: what a table names, and what the builder registers as `book {}`.
#[allow(non_camel_case_types, dead_code)]
#[derive(
    ::core::clone::Clone,
    ::core::marker::Copy,
    ::core::fmt::Debug,
    ::core::default::Default
)]
pub struct book {}
#[automatically_derived]
impl book {
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
    pub fn __lend<'__a>(
        invoice: &'__a Invoice,
        limit: &'__a u32,
    ) -> (&'__a Invoice, &'__a u32) {
        (invoice, limit)
    }
}
#[automatically_derived]
#[doc(hidden)]
#[allow(clippy::all, clippy::pedantic)]
impl<__S: ?::core::marker::Sized + ::core::marker::Sync> private::Step<__S> for book {
    type Store = Ledger;
    type Input<'__a> = (&'__a Invoice, &'__a u32) where Self: '__a;
    type Outcome = <Result<Booked, LedgerError> as private::IsResult>::Ok;
    fn config(&self) -> private::TaskConfig {
        private::TaskConfig::with_exponential_retry(5u32)
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
        let (__0, __1) = __input;
        private::finished(
            book(__0, ::core::clone::Clone::clone(__1), __store, __cx),
            |__result| -> private::Result<Self::Outcome, private::CanoError> {
                private::finish(__result)
            },
        )
    }
}
