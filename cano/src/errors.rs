//! What [`workflow!`](macro@crate::workflow), [`#[task]`](macro@crate::task) and [`#[node]`](macro@crate::node) refuse:
//! a page for each code at the end of a message, such as `[W0106]`.
//!
//! This module holds documentation only.
//!
#![doc = include_str!("../docs/errors/rustc.md")]

macro_rules! pages {
    ($($code:ident)*) => {$(
        #[doc = include_str!(concat!("../docs/errors/", stringify!($code), ".md"))]
        pub mod $code {}
    )*};
}

pages! {
    W0100 W0101 W0102 W0103 W0104 W0105 W0106 W0107 W0108 W0109
    W0110 W0111 W0112 W0113 W0114 W0115 W0116 W0117 W0118 W0119
}
