//! The running process: what listens, what works, and how both end.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use accounts::{Accounts, Directory};
use anyhow::{Context, Result};
use axum::Router;
use db::Transaction;
use kernel::Post;
use notify_api::Api;
use notify_store::inbox::{self, Inbox};
use notify_work::{
    Road,
    outbound::{Outbound, address::Reach},
};
use telemetry::Metrics;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
    sync::Notify,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    Config, Migrator,
    config::Mode,
    incoming,
    parts::Parts,
    site::{self, People},
};

/// How often it is written which keys were used.
const NOTE_KEYS: Duration = Duration::from_secs(10);

/// How often managers are told what happened to their services.
const TELL: Duration = Duration::from_secs(20);

/// What this process is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Answers requests, and delivers if `notify.deliver` says so.
    Serve,
    /// Delivers only.
    Work,
}

/// What runs, and what ends it.
struct Running {
    tracker: TaskTracker,
    stop: CancellationToken,
}

/// Runs until SIGTERM or Ctrl-C; calls `ready` once requests are answered.
pub async fn run(config: &Config, parts: Parts, role: Role, ready: impl FnOnce()) -> Result<()> {
    // Every TLS connection of the process uses this one provider of cryptography.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // The tables of telephone numbers take a moment to read; nobody need wait for them.
    std::thread::spawn(kernel::phone_number::warm_up);
    let metrics = Metrics::install()?;
    let running = Running { tracker: TaskTracker::new(), stop: CancellationToken::new() };
    running.tracker.spawn(heed_signals(running.stop.clone())?);
    if let Some(address) = config.server.metrics_address {
        let listener = bind(address).await?;
        let router = web::probe::metrics(move || metrics.render());
        running.tracker.spawn(web::serve(listener, router, running.stop.clone()));
    }
    match role {
        Role::Work => {
            let post = site::accounts(config, parts.clone()).await?.post;
            let road = road(config, &parts, post, Arc::default())?;
            let _ = Road::start(road, &running.tracker, &running.stop);
        }
        Role::Serve => serve(config, &parts, &running, ready).await?,
    }
    running.stop.cancelled().await;
    running.tracker.close();
    running.tracker.wait().await;
    Ok(parts.db.close().await?)
}

async fn serve(
    config: &Config,
    parts: &Parts,
    running: &Running,
    ready: impl FnOnce(),
) -> Result<()> {
    let Running { tracker, stop } = running;
    let listener = bind(config.server.address).await?;
    let accounts = site::accounts(config, parts.clone()).await?;
    let Parts { db, vault, clock } = parts.clone();
    let inbox = Inbox::start(&db, inbox::Settings::of(db.engine()), tracker, stop);
    let road = road(config, parts, accounts.post.clone(), inbox.wake())?;
    let (receiver, jobs) = if config.notify.deliver {
        let road = Road::start(road, tracker, stop);
        (road.receiver(), road.jobs())
    } else {
        (Road::receiver_only(road, stop), Arc::default())
    };
    let incoming = incoming::of(&config.providers, receiver);
    let directory = Directory::new(db.clone(), vault.clone(), clock.clone());
    tracker.spawn(note_keys(directory.clone(), stop.clone()));
    tracker.spawn(tell_managers(accounts.clone(), stop.clone()));
    let people = People { accounts, inbox: inbox.clone(), jobs };
    let parts = notify_api::Parts { db: db.clone(), clock, vault, directory, inbox, incoming };
    let api = Api::new(parts, api_settings(config)?);
    let router = router(config, &db, api, people)?;
    ready();
    Ok(web::serve(listener, router, stop.clone()).await?)
}

fn router(config: &Config, db: &db::Db, api: Api, people: People) -> Result<Router> {
    let (routes, written) = notify_api::router(api);
    let routes = routes.layer(web::Observe::new(web::refusal::internal));
    let (pages, _) = site::pages(config, &written, people)?;
    let asked = db.clone();
    let health = web::probe::health(move || {
        let db = asked.clone();
        async move {
            let missing = db::migrate::pending::<Migrator>(&db).await.map_err(|e| e.to_string())?;
            if missing == 0 {
                Ok(())
            } else {
                Err(format!("{missing} changes of the tables are missing"))
            }
        }
    });
    Ok(health.merge(web::lost::roof(pages, routes, &["/v2/", "/_"])))
}

fn api_settings(config: &Config) -> Result<notify_api::Settings> {
    let (server, notify) = (&config.server, &config.notify);
    let usual =
        notify_api::Settings::new(notify.dialect, &server.public_url, &notify.sending_domain);
    let cors = web::Cors::new(&server.allowed_origins).context("server.allowed_origins")?;
    let forwarders = server.forwarder_secrets.as_slice().into();
    let body_limit = notify.largest_body;
    Ok(notify_api::Settings { body_limit, cors, forwarders, build: build(), ..usual })
}

/// What this binary was made from: whoever builds it may say so in `PORTICO_COMMIT` and
/// `PORTICO_BUILD_TIME`; else it is the version.
fn build() -> notify_api::Build {
    let commit = option_env!("PORTICO_COMMIT").unwrap_or(env!("CARGO_PKG_VERSION"));
    let time = option_env!("PORTICO_BUILD_TIME").unwrap_or("unknown");
    notify_api::Build { commit: commit.to_owned(), time: time.to_owned() }
}

/// What delivery is made of.
fn road(
    config: &Config,
    parts: &Parts,
    post: Arc<dyn Post<Transaction>>,
    wake: Arc<Notify>,
) -> Result<notify_work::Parts> {
    let development = config.server.mode == Mode::Development;
    let Parts { db, vault, clock } = parts.clone();
    let reach = if development { Reach::ThisMachineToo } else { Reach::Public };
    let (sending_domain, dialect) = (config.notify.sending_domain.clone(), config.notify.dialect);
    Ok(notify_work::Parts {
        routes: config.providers.open(development, &db, &clock)?,
        outbound: Outbound::new(reach)?,
        settings: notify_work::Settings {
            sending_domain,
            dialect,
            public_url: config.server.public_url.clone(),
            ..config.work.clone()
        },
        post,
        db,
        clock,
        vault,
        wake,
    })
}

/// Writes from time to time which keys were used, and once more at the end.
async fn note_keys(directory: Directory, stop: CancellationToken) {
    loop {
        let ended = tokio::time::timeout(NOTE_KEYS, stop.cancelled()).await.is_ok();
        if let Err(error) = directory.flush_last_used().await {
            tracing::warn!(%error, "could not note which keys were used");
        }
        if ended {
            return;
        }
    }
}

/// Tells managers from time to time what happened to their services; each thing once, however many processes do so.
async fn tell_managers(accounts: Accounts, stop: CancellationToken) {
    while tokio::time::timeout(TELL, stop.cancelled()).await.is_err() {
        match notify_pages::notice::tell(&accounts).await {
            Ok(0) => {}
            Ok(told) => tracing::info!(told, "told the managers of services of {told} things"),
            Err(error) => tracing::warn!(%error, "could not tell managers what happened"),
        }
    }
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// Cancels `stop` at the first signal to end.
fn heed_signals(stop: CancellationToken) -> Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: requests in hand are finished, messages in hand given back");
        stop.cancel();
    })
}
