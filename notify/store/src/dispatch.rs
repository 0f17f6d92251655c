//! Sending from pages: one message, or a spreadsheet that is uploaded, checked and started
//! (administration specification, section H). What a program with a key does instead is in `notify-api`.

mod check;
mod one;
mod ready;
mod start;
mod stop;
mod table;

use std::sync::Arc;

use db::Db;
use kernel::{Clock, Vault};
use notify::{Dialect, sheet::FileCaps};
use tokio::sync::Notify;

pub use self::{
    check::{Check, Look, NotChecked, Problem, RowAsSent},
    one::{One, Prepared, Sent},
    ready::{Barred, NotSent, Ready, quota},
    start::{NotStarted, Start},
    table::{ShownCell, ShownColumn, ShownRow},
};
use crate::inbox::Inbox;

/// Through which pages send. It is cheap to clone.
#[derive(Clone, Debug)]
pub struct Dispatch {
    /// The database.
    pub db: Db,
    /// What seals messages.
    pub vault: Arc<Vault>,
    /// The door of single messages.
    pub inbox: Inbox,
    /// Where the time comes from.
    pub clock: Clock,
    /// Rung when a batch was started, for the workers of this process.
    pub jobs: Arc<Notify>,
    /// How.
    pub settings: Settings,
}

/// How pages send.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Whose limits and phone rules.
    pub dialect: Dialect,
    /// How much a file may hold.
    pub caps: FileCaps,
    /// The most rows of a spreadsheet, headings not counted.
    pub most_rows: usize,
}

impl Default for Settings {
    fn default() -> Self {
        let most_rows = notify::sheet::MAX_ROWS_OF_BULK_SENDERS;
        Self { dialect: Dialect::Gc, caps: FileCaps::default(), most_rows }
    }
}
