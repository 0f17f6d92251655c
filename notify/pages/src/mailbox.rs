//! The development mailbox: where messages go as long as no provider is set up, so that a newcomer sees the first one.

mod list;
mod message;

use std::sync::Arc;

use db::Db;

use web::Routes;

use crate::frame::{Frame, MAILBOX};

/// What the mailbox's handlers need.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// Where the messages are.
    pub db: Db,
    /// The frame around them.
    pub frame: Frame,
    /// Where the newcomer's first command goes.
    pub public_url: Arc<str>,
}

/// The list, one message, and that message's HTML alone.
pub fn routes(mailbox: Mailbox) -> Routes {
    Routes::default()
        .get(MAILBOX, list::show)
        .get(&format!("{MAILBOX}/{{id}}"), message::show)
        .get(&format!("{MAILBOX}/{{id}}/html"), message::html)
        .with_state(mailbox)
}
