//! How a row lends fields to what has no `__lend` of its own.
//!
//! A task's type has an associated function `__lend` with the task's own parameters, so that rustc says in their names
//! which one is missing or wrong. An associated function goes before one of a trait, so these are called only for
//! what is no task: there they take whatever is lent, and the mistake is told once, by the bound on
//! [`Step`](super::step::Step).

/// Each for so many fields.
macro_rules! lend {
    ($($name:ident($($field:ident: $Field:ident),*);)*) => {$(
        /// For a row that lends so many fields.
        #[allow(clippy::unused_unit, clippy::too_many_arguments, reason = "as many as a row lends, or none")]
        pub trait $name {
            /// The same, as a tuple.
            #[inline]
            fn __lend<$($Field),*>($($field: $Field),*) -> ($($Field,)*) {
                ($($field,)*)
            }
        }

        impl<T: ?Sized> $name for T {}
    )*};
}

lend! {
    Lend0();
    Lend1(a: A);
    Lend2(a: A, b: B);
    Lend3(a: A, b: B, c: C);
    Lend4(a: A, b: B, c: C, d: D);
    Lend5(a: A, b: B, c: C, d: D, e: E);
    Lend6(a: A, b: B, c: C, d: D, e: E, f: F);
    Lend7(a: A, b: B, c: C, d: D, e: E, f: F, g: G);
    Lend8(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H);
    Lend9(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I);
    Lend10(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I, j: J);
    Lend11(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I, j: J, k: K);
    Lend12(a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I, j: J, k: K, l: L);
}
