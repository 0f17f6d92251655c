//! From the queue to an SMTP server: how many e-mails a second the road renders, hands over and writes back.
//!
//! `cargo run --release -p notify-work --example road_load -- sqlite:/tmp/load.db 20000 2525`, with `smtp-sink`
//! listening on the port. The database must be fresh.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use accounts::{KeyKind, ServiceId};
use anyhow::{Context, Result};
use audit::{Actor, Stamp};
use db::{Connect, Db};
use kernel::{Clock, Id, Vault, Word};
use notify::{Channel, Lane, Status};
use notify_store::{
    TemplateId, delivery,
    inbox::{Accept, accept_group},
    notification::{self, Content},
    office::Office,
    setting,
    template::{self, NewTemplate},
};
use notify_work::{
    Parts, Road, Settings,
    outbound::{Outbound, address::Reach},
    provider::settings::Providers,
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let foundation = audit::migrations().into_iter().chain(accounts::migrations());
        foundation.chain(jobs::migrations()).chain(notify_store::migrations()).collect()
    }
}

const BODY: &str = "# Your permit\n\nDear ((name)),\n\nYour permit number ((number)) is ready. You can:\n\n\
    * fetch it at the desk in ((city))\n* have it sent to you\n* print it at https://example.gc.ca/permits\n\n\
    ## What it costs\n\nNothing. If you have questions, write to [our desk](https://example.gc.ca/desk).\n\n\
    ---\n\nVotre permis numéro ((number)) est prêt.\n";

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().context("a database URL")?;
    let count: usize = arguments.next().context("how many messages")?.parse()?;
    let port: u16 = arguments.next().context("the port of smtp-sink")?.parse()?;
    let db = Db::connect(&Connect { url, connections: 16 }).await?;
    db::migrate::up::<Migrator>(&db).await?;
    let (clock, vault) = (Clock::system(), Arc::new(Vault::new(&[(1, vec![7; 32])].into(), b"x")?));
    fill(&db, &clock, &vault, count).await?;

    let providers: Providers = serde_json::from_value(serde_json::json!({
        "email": {"route": "smtp", "smtp": {"host": "127.0.0.1", "port": port, "protection": "plain"}},
    }))?;
    let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
    let (begun, spent) = (Instant::now(), cpu()?);
    let post = Office::open(&db, vault.clone(), clock.clone()).await?;
    let road = Road::start(
        Parts {
            db: db.clone(),
            clock: clock.clone(),
            vault,
            routes: providers.open(true, &db, &clock)?,
            outbound: Outbound::new(Reach::ThisMachineToo)?,
            settings: Settings {
                sending_domain: "example.gc.ca".to_owned(),
                ..Settings::default()
            },
            post: Arc::new(post),
            wake: Arc::new(Notify::new()),
        },
        &tracker,
        &stop,
    );
    while !delivery::services(db.read(), Channel::Email, Lane::Normal).await?.is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let (took, spent) = (begun.elapsed().as_secs_f64(), cpu()? - spent);
    println!(
        "{count} e-mails in {took:.2} s: {:.0} a second, {:.3} ms of CPU each",
        count as f64 / took,
        spent * 1000.0 / count as f64
    );
    drop(road);
    stop.cancel();
    tracker.close();
    tracker.wait().await;
    Ok(())
}

async fn fill(db: &Db, clock: &Clock, vault: &Vault, count: usize) -> Result<()> {
    let stamp = Stamp { actor: Actor::Operator("load".to_owned()), at: clock.now() };
    let tx = db.begin().await?;
    let service = accounts::service::create(&tx, &stamp, "Permits", None).await?.id;
    setting::create(&tx, &stamp, service, "permits").await?;
    let wanted = NewTemplate {
        channel: Channel::Email,
        name: "Permit".to_owned(),
        subject: Some("Permit ((number)) is ready".to_owned()),
        body: BODY.to_owned(),
        category_id: None,
        folder_id: None,
        lane: None,
        language: "en".to_owned(),
        right_to_left: false,
    };
    let template = template::create(&tx, &stamp, service, "load@example.gc.ca", wanted).await?;
    tx.commit().await?;
    let space = Space { service, template: template.head.id };
    for start in (0..count).step_by(500) {
        let group = (start..count.min(start + 500)).map(|_| message(space, clock, vault));
        accept_group(db, group.collect::<Result<_>>()?).await?;
    }
    Ok(())
}

/// Whose messages, and made from what.
#[derive(Clone, Copy)]
struct Space {
    service: ServiceId,
    template: TemplateId,
}

fn message(space: Space, clock: &Clock, vault: &Vault) -> Result<Accept> {
    let (id, now) = (Id::new(clock.now()), clock.now());
    let values = serde_json::json!({"name": "Noor", "number": id.to_string(), "city": "Gatineau"});
    let content = Content {
        to: "noor@example.ca".to_owned(),
        deliver_to: "noor@example.ca".to_owned(),
        values: values.as_object().cloned().unwrap_or_default(),
        sanitised: vec![],
        unsubscribe: None,
        callback: None,
    };
    let notification = notification::Model {
        id,
        service_id: space.service,
        template_id: space.template,
        template_version: 1,
        api_key_id: None,
        created_by: None,
        key_kind: Word(KeyKind::Normal),
        channel: Word(Channel::Email),
        status: Word(Status::Created),
        reference: None,
        sealed: content.seal(vault, id)?,
        recipient_hash: None,
        reply_to: None,
        parts: 1,
        batch_id: None,
        row_number: None,
        created_at: now,
        scheduled_for: None,
        sent_at: None,
        completed_at: None,
        updated_at: None,
        provider: None,
        provider_reference: None,
        provider_response: None,
    };
    Ok(Accept { notification, lane: Lane::Normal, charge: None, promise: None })
}

/// Seconds of CPU that this process has used.
fn cpu() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = fields[11].parse::<f64>()? + fields[12].parse::<f64>()?;
    Ok(ticks / 100.0)
}
