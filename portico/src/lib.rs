//! The one binary: reads the configuration, opens what the products need, and runs them.

pub mod admin;
pub mod command;
pub mod config;
pub mod demo;
mod incoming;
pub mod keys;
pub mod migrator;
pub mod parts;
mod receivers;
mod serve;
pub mod site;

pub use config::Config;
pub use migrator::Migrator;
