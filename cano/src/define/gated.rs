//! Types behind a constant that says whether they are what a table needs.
//!
//! What is wrong with an outcome, a task, a store or a field would be said again in every arm, and of every future that
//! holds it. Of a type with a constant that is wrong rustc says nothing more: the mistake is told once, where the
//! constant stands.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    marker::PhantomData,
    sync::Arc,
};

use crate::define::step::{Items, Slot};

/// `T`, once the constant `CHECKED` has been found right.
pub struct If<T: ?Sized, const CHECKED: bool>(PhantomData<T>);

#[diagnostic::do_not_recommend]
impl<T: Slot + ?Sized, const CHECKED: bool> Slot for If<T, CHECKED> {
    type Instance = T::Instance;
    type Outcome = T::Outcome;
}

/// The type itself.
pub trait Itself {
    /// It.
    type Type: ?Sized;
}

impl<T: ?Sized, const CHECKED: bool> Itself for If<T, CHECKED> {
    type Type = T;
}

/// Whether a store can be lent to several threads.
#[must_use]
pub const fn is_shared<St: ?Sized + Sync>() -> bool {
    true
}

/// Whether a state's field can go from one thread to another, as a run does.
#[must_use]
pub const fn is_sent<T: Send>() -> bool {
    true
}

/// Whether an `each` can go over a field.
#[must_use]
pub const fn is_list<L: Items + ?Sized>() -> bool {
    true
}

/// Whether the constant [`OUTCOME`](OfAny::OUTCOME) is of an outcome that `>> [..]` can route by its names.
#[must_use]
pub const fn has_names<T: HasNames>(_: PhantomData<T>) -> bool {
    true
}

/// An outcome with names, as far as that can be known.
#[diagnostic::on_unimplemented(
    message = "`>> [..]` is for a task whose outcome is an enum, and this one yields `{Self}`",
    label = "this outcome has no variants that bear the states' names",
    note = "write `= match task {{ value => State, .. }}`, or `task >> State` where the task yields `()`"
)]
pub trait HasNames {}

/// Any outcome that is not known to have none.
pub struct Any;

impl HasNames for Any {}

/// What an outcome is: of the types that are no enums a constant of their own says so, which goes before [`OfAny`]'s.
pub struct Outcome<T>(PhantomData<T>);

/// Of all other types.
pub trait OfAny {
    /// Nothing is known.
    const OUTCOME: PhantomData<Any> = PhantomData;
}

impl<T> OfAny for Outcome<T> {}

macro_rules! no_names {
    ($([$($param:ident),*] $ty:ty;)+) => {$(
        impl<$($param),*> Outcome<$ty> {
            /// It is no enum.
            pub const OUTCOME: PhantomData<$ty> = PhantomData;
        }
    )+};
}

no_names! {
    [] (); [] bool; [] char; [] &'static str; [] String;
    [] u8; [] u16; [] u32; [] u64; [] u128; [] usize;
    [] i8; [] i16; [] i32; [] i64; [] i128; [] isize;
    [] f32; [] f64;
    [A, B] (A, B); [A, B, C] (A, B, C); [A, B, C, D] (A, B, C, D);
    [T] Vec<T>; [T] Box<T>; [T] Arc<T>;
    [K, V, S] HashMap<K, V, S>; [T, S] HashSet<T, S>; [K, V] BTreeMap<K, V>; [T] BTreeSet<T>;
}

/// The value of a field that does not exist, which is all that is to be said of it.
#[cold]
#[must_use]
pub fn unknown<T>() -> T {
    unreachable!("a field that does not exist was refused when the table was built")
}
