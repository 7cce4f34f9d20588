//! From tokens to what was written.

mod duration;
mod policy;
mod states;

pub(crate) use self::{
    duration::{only_timeout, timeout},
    policy::Policy,
    states::{WrittenState, WrittenTable},
};
