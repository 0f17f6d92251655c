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
use web::{Doorkeeper, Observe, PageError, Route, page};

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
    let installation = installation(config);
    let frame = Frame { mailbox, contact: installation.support_address.is_some() };
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
        installation,
        received: received.clone(),
        receivers: notify_pages::Asks(Arc::new(receivers::Guarded::new(mailbox)?)),
    });
    let around = of_accounts(received.clone());
    let setup = accounts_pages::Setup { accounts: accounts.clone(), frame: around };
    let (router, routes) = notify.merge(accounts_pages::routes(setup)).take();
    let watch = from_fn_with_state((received, accounts), look_up);
    let router = router
        .layer(watch)
        .layer(from_fn_with_state(board, announcement::hang))
        .merge(page::assets())
        .fallback(|| async { PageError::Missing })
        .method_not_allowed_fallback(|| async { PageError::WrongMethod })
        .layer(Observe::new(page::panicked));
    Ok((page::dress(router, frame.around(), doorkeeper), routes))
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

/// What the public pages say about this installation.
fn installation(config: &Config) -> notify_pages::Installation {
    let support_address = Some(config.server.support_address.clone());
    notify_pages::Installation {
        support_address: support_address.filter(|address| !address.is_empty()),
        retention_days: config.work.retention_days,
        receipt_hours: config.work.receipt_hours,
    }
}

/// What Notify puts around the pages of accounts.
fn of_accounts(received: Received) -> accounts_pages::Frame {
    accounts_pages::Frame {
        product: notify_pages::product,
        band: Arc::new(move |language, service, may| {
            let mut band = notify_pages::frame::band(language, service, may);
            if may_read(may) {
                received.add(language, service, &mut band);
            }
            band
        }),
    }
}
