//! Notify's pages: the development mailbox and the API documentation.

mod frame;
mod mailbox;
mod words;

use axum::Router;
use db::Db;
use web::{Observe, page};

/// What the pages are made from.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Where the mailbox is read.
    pub db: Db,
    /// Whether the development mailbox exists. Production says no, and then its addresses lead nowhere.
    pub mailbox: bool,
}

/// All pages with their assets, dressed and observed.
pub fn router(setup: Setup) -> Router {
    let frame = frame::Frame { mailbox: setup.mailbox };
    let mut pages = Router::new();
    if setup.mailbox {
        pages = pages.merge(mailbox::router(mailbox::Mailbox { db: setup.db, frame }));
    }
    let product = words::Texts::default().product();
    page::dress(pages.merge(page::assets()).layer(Observe::new(page::panicked)), &product)
}
