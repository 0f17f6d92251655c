//! The one binary: reads the configuration, opens what the products need, and runs them.

pub mod admin;
pub mod migrator;

pub use migrator::Migrator;
