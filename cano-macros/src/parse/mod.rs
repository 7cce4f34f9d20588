//! From tokens to what was written.

mod duration;
mod limits;
mod policy;
mod schedule;
mod states;

pub(crate) use self::{
    duration::{duration_value, only_timeout, timeout},
    limits::Limits,
    policy::Policy,
    schedule::Schedule,
    states::{WrittenState, WrittenTable},
};
