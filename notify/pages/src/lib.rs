//! Notify's pages: what a team does with its service, the development mailbox and the API documentation.

mod api;
mod app;
mod batch;
mod dashboard;
mod documentation;
mod folder;
mod download;
mod figure;
pub mod frame;
mod go_live;
mod letter;
mod mailbox;
mod message;
pub mod notice;
mod report;
mod send;
mod service;
mod settings;
mod sheet;
mod staff;
mod template;
mod usage;
mod words;

use accounts::Accounts;
pub use documentation::Documents;
use kernel::Language;
use notify_store::dispatch::Dispatch;
use web::Routes;

use crate::{app::App, documentation::Documentation, mailbox::Mailbox};

/// What the pages are made from.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The people, and the database.
    pub accounts: Accounts,
    /// Through which people send.
    pub dispatch: Dispatch,
    /// Whether the development mailbox exists. Production says no, and then its addresses lead nowhere.
    pub mailbox: bool,
    /// The OpenAPI document that the documentation page is made from.
    pub documents: Documents,
    /// Where the product is reached, such as `https://notify.example.ca`; stands in the examples.
    pub public_url: String,
    /// The domain that e-mails come from, unless a service has its own.
    pub sending_domain: String,
}

/// The product's name.
pub fn product(language: Language) -> String {
    words::Texts(language).product()
}

/// All pages of Notify.
pub fn routes(setup: Setup) -> Routes {
    let frame = frame::Frame { mailbox: setup.mailbox };
    let documentation = Documentation::new(&setup.documents, &setup.public_url, frame);
    let mut pages = documentation::routes(documentation);
    if setup.mailbox {
        let public_url = setup.public_url.trim_end_matches('/').into();
        let db = setup.accounts.db.clone();
        pages = pages.merge(mailbox::routes(Mailbox { db, frame, public_url }));
    }
    let service = service::routes()
        .merge(dashboard::routes())
        .merge(usage::routes())
        .merge(template::routes())
        .merge(folder::routes())
        .merge(send::routes())
        .merge(sheet::routes())
        .merge(batch::routes())
        .merge(report::routes())
        .merge(message::routes())
        .merge(api::routes())
        .merge(settings::routes())
        .merge(go_live::routes())
        .merge(staff::routes());
    let app = App::new(setup, frame);
    let service = service.guarded(|pages| folder::watched(&app, pages));
    pages.merge(service.with_state(app))
}
