//! Notify's pages: the development mailbox and the API documentation.

mod documentation;
mod frame;
mod mailbox;
mod words;

use axum::Router;
use db::Db;
pub use documentation::Documents;
use web::{Observe, page};

use crate::{documentation::Documentation, mailbox::Mailbox};

/// What the pages are made from.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Where the mailbox is read.
    pub db: Db,
    /// Whether the development mailbox exists. Production says no, and then its addresses lead nowhere.
    pub mailbox: bool,
    /// The OpenAPI document that the documentation page is made from.
    pub documents: Documents,
    /// Where the product is reached, such as `https://notify.example.ca`; stands in the examples.
    pub public_url: String,
}

/// All pages with their assets, dressed and observed.
pub fn router(setup: Setup) -> Router {
    let frame = frame::Frame { mailbox: setup.mailbox };
    let documentation = Documentation::new(&setup.documents, &setup.public_url, frame);
    let mut pages = documentation::router(documentation);
    if setup.mailbox {
        let public_url = setup.public_url.trim_end_matches('/').into();
        pages = pages.merge(mailbox::router(Mailbox { db: setup.db, frame, public_url }));
    }
    let pages = pages.merge(page::assets()).layer(Observe::new(page::panicked));
    page::dress(pages, |language| words::Texts(language).product())
}
