//! Background work that survives a crash: a job is a row, written in the transaction that needs it.
//!
//! A worker takes due jobs under a lease. If it dies, the lease runs out and another takes them, so a
//! job may run twice and must bear it.

#![warn(missing_docs)]

mod error;
mod migration;
pub mod queue;
pub mod schedule;
mod worker;

pub use error::JobError;
pub use migration::migrations;
pub use queue::{JobId, Timing, enqueue};
pub use worker::{Attempt, Backoff, Settings, Worker};
