//! One database behind two engines: SQLite inside the process, or a PostgreSQL that many share.

mod connect;
mod error;
pub mod migrate;

pub use connect::{Connect, Db, Engine, Transaction};
pub use error::Error;

/// What a store function answers.
pub type Result<T> = std::result::Result<T, Error>;
