//! The one binary: reads the configuration, opens what the products need, and runs them.

pub mod config;
pub mod keys;
pub mod migrator;

pub use config::Config;
pub use migrator::Migrator;
