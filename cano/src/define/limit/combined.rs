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
        }
    )+};
}

pointers! {
    [L: Limit + ?Sized] &L,
    [L: Limit + ?Sized] Box<L>,
    [L: Limit + ?Sized] Arc<L>,
    [L: Limit, F: FnOnce() -> L + Send] LazyLock<L, F>,
}

impl<A: Limit, B: Limit> Limit for (A, B) {
    fn acquire<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
        self.0.acquire(cx).and_then(|| self.1.acquire(cx))
    }
}

impl<A: Limit, B: Limit, C: Limit> Limit for (A, B, C) {
    fn acquire<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
        self.0.acquire(cx).and_then(|| self.1.acquire(cx)).and_then(|| self.2.acquire(cx))
    }
}

impl<A: Limit, B: Limit, C: Limit, D: Limit> Limit for (A, B, C, D) {
    fn acquire<'a>(&'a self, cx: &'a Cx) -> Admission<'a> {
        let first = self.0.acquire(cx).and_then(|| self.1.acquire(cx));
        first.and_then(|| self.2.acquire(cx)).and_then(|| self.3.acquire(cx))
    }
}
