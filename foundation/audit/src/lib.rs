//! The record of who did what: rows are added in the transaction of the deed and never change.

mod actor;
mod migration;
pub mod record;

pub use actor::{Actor, UnknownActor};
pub use migration::migrations;
pub use record::{Entry, Filter, RecordId, Stamp, TRAFFIC, page, record, record_many};
