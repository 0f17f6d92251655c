//! The site: the pages of all parts under one frame.

use std::sync::Arc;

use accounts::{Accounts, passkey::Passkeys};
use anyhow::Result;
use axum::{
    Router,
    extract::{Request, State},
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use kernel::Language;
use notify_pages::{
    announcement::{self, Board},
    frame::Frame,
    received::{Received, may_read},
};
use notify_store::{
    dispatch::{self, Dispatch},
    inbox::Inbox,
    office::Office,
};
use tokio::sync::Notify;
use utoipa::openapi::OpenApi;
use web::{Doorkeeper, Observe, Route, page};

use crate::{Config, config::Mode, parts::Parts, receivers};

/// What the pages of people stand on.
pub struct People {
    /// The accounts.
    pub accounts: Accounts,
    /// Where messages are accepted.
    pub inbox: Inbox,
    /// Rung when a page has left a job.
    pub jobs: Arc<Notify>,
}

/// The accounts as the pages use them; letters go through Notify's built-in service.
///
/// # Errors
/// When the built-in service cannot be made.
pub async fn accounts(config: &Config, parts: Parts) -> Result<Accounts> {
    let Parts { db, vault, clock } = parts;
    let office = Office::open(&db, vault.clone(), clock.clone()).await?;
    let public_url = config.server.public_url.clone();
    let product = notify_pages::product(Language::English);
    let passkeys = Passkeys::of(&public_url, &product).map(Arc::new);
    let settings = accounts::gate::Settings {
        secure: public_url.starts_with("https://"),
        government_domains: config.accounts.government_domains.clone(),
        product,
        public_url,
    };
    let (post, settings) = (Arc::new(office), Arc::new(settings));
    Ok(Accounts { db, clock, vault, post, settings, passkeys })
}

/// All pages, dressed and observed, and the list of their routes.
///
/// # Errors
/// When the OpenAPI document has no French.
pub fn pages(config: &Config, document: &OpenApi, people: People) -> Result<(Router, Vec<Route>)> {
    let accounts = people.accounts.clone();
    let doorkeeper = Doorkeeper::new(accounts.vault.clone(), accounts.settings.secure);
    let mailbox = config.server.mode == Mode::Development;
    let received = Received::default();
    let board = Board::new(accounts.db.clone(), accounts.clock.clone());
    let notify = notify_pages::routes(notify_pages::Setup {
        providers: config.providers.names().map(ToOwned::to_owned),
        board: board.clone(),
        accounts: accounts.clone(),
        dispatch: dispatch(config, people),
        mailbox,
        documents: notify_pages::Documents {
            english: serde_json::to_value(document)?,
            french: notify_api::openapi::in_french(document)?,
        },
        public_url: config.server.public_url.clone(),
        sending_domain: config.notify.sending_domain.clone(),
        received: received.clone(),
        receivers: notify_pages::Asks(Arc::new(receivers::Guarded::new(mailbox)?)),
    });
    let frame = frame(mailbox, received.clone());
    let people =
        accounts_pages::routes(accounts_pages::Setup { accounts: accounts.clone(), frame });
    let (router, routes) = notify.merge(people).take();
    let watch = from_fn_with_state((received, accounts), look_up);
    let router = router.layer(watch).layer(from_fn_with_state(board, announcement::hang));
    let router = router.merge(page::assets()).layer(Observe::new(page::panicked));
    Ok((page::dress(router, notify_pages::product, doorkeeper), routes))
}

/// Looks up the service whose page is asked for, before the page is drawn. A number that cannot be had is left out: the
/// page itself will say what is wrong.
async fn look_up(
    State((received, accounts)): State<(Received, Accounts)>,
    request: Request,
    next: Next,
) -> Response {
    let rest = request.uri().path().strip_prefix(ui::Account::SERVICES);
    let id = rest.and_then(|rest| rest.split('/').nth(1)).and_then(|id| id.parse().ok());
    if let Some(id) = id
        && let Err(error) = received.look(&accounts, id).await
    {
        tracing::warn!(%error, "could not look up received texts");
    }
    next.run(request).await
}

fn dispatch(config: &Config, people: People) -> Dispatch {
    let People { accounts, inbox, jobs } = people;
    let dialect = config.notify.dialect;
    Dispatch {
        db: accounts.db,
        vault: accounts.vault,
        clock: accounts.clock,
        inbox,
        jobs,
        settings: dispatch::Settings { dialect, ..dispatch::Settings::default() },
    }
}

/// What Notify puts around the pages of accounts.
fn frame(mailbox: bool, received: Received) -> accounts_pages::Frame {
    let menu: fn(Language) -> Vec<ui::Link> = if mailbox {
        |language| Frame { mailbox: true }.menu(language)
    } else {
        |language| Frame { mailbox: false }.menu(language)
    };
    accounts_pages::Frame {
        product: notify_pages::product,
        menu,
        band: Arc::new(move |language, service, may| {
            let mut band = Frame { mailbox: false }.band(language, service, may);
            if may_read(may) {
                received.add(language, service, &mut band);
            }
            band
        }),
    }
}
