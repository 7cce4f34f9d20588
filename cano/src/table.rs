//! What the macros implement, for the messages that name it.
//!
//! [`workflow!`](macro@crate::workflow), [`#[task]`](macro@crate::task) and [`#[node]`](macro@crate::node) write the
//! impls of these traits, and the calls of these functions. A program does neither, and names nothing of this module:
//! all of it may change with any version. It is public because it stands in the bounds of public items, and because
//! rustc names it when a bound does not hold. The first line of such a message says what is wrong, and the module
//! [`errors`](crate::errors) translates those that are only in the words of rustc.

pub use crate::{
    define::{
        error::IntoTaskError,
        gated::HasNames,
        retry::Policy,
        step::{IsResult, Items, MadeByDefault, OneWay, OutcomeOf, Slot, Step, Undone},
    },
    run::{BeginsAlone, Machine, Nested, Scheduled, StartWithoutFields, States},
};
#[doc(hidden)]
pub use crate::{
    define::{
        gated::{If, Itself, has_names, is_list, is_sent, is_shared},
        node::fallible_phases,
        step::{finish, one_way, one_way_each, undone},
    },
    run::as_limit,
};
