//! The one binary: reads the configuration, opens what the products need, and runs them.

pub mod admin;
pub mod command;
pub mod config;
pub mod demo;
mod incoming;
pub mod keys;
pub mod migrator;
mod parts;
mod serve;

pub use config::Config;
pub use migrator::Migrator;
