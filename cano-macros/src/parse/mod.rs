//! From tokens to what was written.

mod duration;
mod options;

mod limits;
mod policy;
mod schedule;

mod attributes;
mod fields;
mod recover;
mod states;

pub(crate) use self::{
    duration::{duration_value, only_timeout, timeout},
    limits::Limits,
    options::{each_option, given_twice, option_value},
    policy::Policy,
    schedule::Schedule,
    states::{WrittenState, WrittenTable},
};
