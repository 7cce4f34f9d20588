/// A store that contains a `T`.
///
/// A task says which store it needs; a workflow has one store for all its tasks. If the two differ, the workflow's
/// store provides the task's. So a task, or a whole nested workflow, can be written for a small store of its own, and
/// be used with any larger store that contains it. Every type provides itself.
///
/// ```
/// use cano::Provides;
///
/// struct Payments {
///     charged: u64,
/// }
///
/// struct Shop {
///     payments: Payments,
///     visitors: u64,
/// }
///
/// impl Provides<Payments> for Shop {
///     fn provide(&self) -> &Payments {
///         &self.payments
///     }
/// }
///
/// fn charged(store: &impl Provides<Payments>) -> u64 {
///     store.provide().charged
/// }
///
/// let shop = Shop { payments: Payments { charged: 40 }, visitors: 2 };
/// assert_eq!(charged(&shop), 40);
/// assert_eq!(charged(&shop.payments), 40);
/// # assert_eq!(shop.visitors, 2);
/// ```
#[diagnostic::on_unimplemented(
    message = "the store `{Self}` is not a `{T}`",
    label = "this task needs the store `{T}`",
    note = "declare the table with `#[store({T})]`; or, if the table's own store holds a `{T}`, implement `Provides<{T}>` for it"
)]
pub trait Provides<T: ?Sized> {
    /// The store within this one.
    fn provide(&self) -> &T;
}

impl<T: ?Sized> Provides<T> for T {
    fn provide(&self) -> &T {
        self
    }
}
