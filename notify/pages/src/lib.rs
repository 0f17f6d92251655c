//! Notify's pages: what a team does with its service, the development mailbox and the API documentation.

pub mod announcement;
mod api;
mod app;
mod batch;
mod dashboard;
mod documentation;
mod download;
mod figure;
mod folder;
pub mod frame;
mod go_live;
mod history;
mod inbox;
mod letter;
mod mailbox;
mod message;
pub mod notice;
mod organisation;
mod public;
pub mod received;
mod report;
mod send;
mod service;
mod settings;
mod sheet;
mod staff;
mod template;
mod usage;
mod words;

use std::sync::Arc;

use accounts::Accounts;
pub use documentation::Documents;
use kernel::Language;
use notify::callback::receiver::Receivers;
use notify_store::dispatch::Dispatch;
pub use public::Installation;
use web::Routes;

use crate::{
    app::App,
    documentation::Documentation,
    mailbox::Mailbox,
    public::{Facts, Library, Public},
};

/// Who asks the receivers of call-backs, shared by all pages.
#[derive(Clone)]
pub struct Asks(pub Arc<dyn Receivers>);

impl std::fmt::Debug for Asks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asks")
    }
}

impl std::ops::Deref for Asks {
    type Target = dyn Receivers;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

/// What the pages are made from.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The people, and the database.
    pub accounts: Accounts,
    /// Through which people send.
    pub dispatch: Dispatch,
    /// What the providers of e-mails and of texts are called.
    pub providers: [String; 2],
    /// What stands on every page; [`announcement::hang`] is the layer that shows it.
    pub board: announcement::Board,
    /// Whether the development mailbox exists. Production says no, and then its addresses lead nowhere.
    pub mailbox: bool,
    /// The OpenAPI document that the documentation page is made from.
    pub documents: Documents,
    /// Where the product is reached, such as `https://notify.example.ca`; stands in the examples.
    pub public_url: String,
    /// The domain that e-mails come from, unless a service has its own.
    pub sending_domain: String,
    /// How many people wrote to each service; whoever wires the pages looks it up before each.
    pub received: received::Received,
    /// Who asks the receivers of call-backs.
    pub receivers: Asks,
    /// What the operator has set that the public pages say.
    pub installation: Installation,
}

/// The product's name.
pub fn product(language: Language) -> String {
    words::Texts(language).product()
}

/// All pages of Notify.
pub fn routes(setup: Setup) -> Routes {
    let contact = setup.installation.support_address.is_some();
    let frame = frame::Frame { mailbox: setup.mailbox, contact };
    let documentation = Documentation::new(&setup.documents, &setup.public_url, frame);
    let facts = Facts { installation: &setup.installation, sending: setup.dispatch.settings };
    let library = Arc::new(Library::open(&facts));
    let public = Public::new(library.clone(), &setup, frame);
    let mut pages = documentation::routes(documentation).merge(public::routes(public));
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
        .merge(inbox::routes())
        .merge(api::routes())
        .merge(settings::routes())
        .merge(go_live::routes())
        .merge(history::routes())
        .merge(organisation::routes())
        .merge(staff::routes());
    let app = App::new(setup, frame, library);
    let service = service.guarded(|pages| folder::watched(&app, pages));
    pages.merge(service.with_state(app))
}
