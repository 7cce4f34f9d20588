//! The scheduler: when schedules fire, and what becomes of their runs.

mod cron;
mod oracle;
mod words;
mod zones;
