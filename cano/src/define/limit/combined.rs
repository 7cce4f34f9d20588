//! Limits behind pointers, and several at once.

use std::sync::{Arc, LazyLock};

use super::{Admission, Limit};
use crate::define::cx::Cx;

// A permit names the limit that gave it, so those here are never told of an end.
macro_rules! pointers {
    ($([$($generics:tt)*] $pointer:ty),+ $(,)?) => {$(
        impl<$($generics)*> Limit for $pointer {
            fn acquire<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
                (**self).acquire(cx)
            }

            fn admit<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
                (**self).admit(cx)
            }
        }
    )+};
}

pointers! {
    [L: Limit + ?Sized] &L,
    [L: Limit + ?Sized] Box<L>,
    [L: Limit + ?Sized] Arc<L>,
    [L: Limit, F: FnOnce() -> L + Send] LazyLock<L, F>,
}

macro_rules! tuples {
    ($(($first:ident $($next:ident: $at:tt),+))+) => {$(
        impl<$first: Limit, $($next: Limit),+> Limit for ($first, $($next),+) {
            fn acquire<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
                self.0.acquire(cx)$(.and_then(|| self.$at.acquire(cx)))+
            }

            fn admit<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
                self.0.admit(cx)$(.and_then(|| self.$at.admit(cx)))+
            }
        }
    )+};
}

tuples! {
    (A B: 1)
    (A B: 1, C: 2)
    (A B: 1, C: 2, D: 3)
}
