//! From tokens to what was written.

mod duration;
mod limits;
mod policy;
mod states;

pub(crate) use self::{
    duration::{only_timeout, timeout},
    limits::Limits,
    policy::Policy,
    states::{WrittenState, WrittenTable},
};
