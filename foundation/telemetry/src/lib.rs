//! How the process tells operators what it does: log lines, metrics, and a word when it panics.

#![warn(missing_docs)]

mod logs;
mod measures;
mod panics;

pub use logs::{Form, NotStarted, start_logs};
pub use measures::Metrics;
