//! From tokens to what was written.

mod duration;
mod policy;
mod states;

pub(crate) use self::{
    policy::Policy,
    states::{WrittenState, WrittenTable},
};
