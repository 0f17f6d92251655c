//! How long a list of many rows takes to be accepted and to be made into messages, on the database that
//! `BULK_DATABASE` names: `cargo run --release -p notify-work --example bulk_load -- 100000`.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement stops at the first surprise, is told by the environment and speaks to people"
)]

use std::{sync::Arc, time::Instant};

use accounts::person;
use audit::Stamp;
use db::{Connect, Db};
use kernel::{Clock, Language, Vault};
use notify::Channel;
use notify_store::{
    dispatch::{Dispatch, Look, Settings, Start},
    inbox::{self, Inbox},
    notification,
    office::Office,
    setting::{self, Limits},
    template::{self, NewTemplate},
};
use notify_work::{
    Parts, Road,
    outbound::{Outbound, address::Reach},
    provider::{
        EmailRoute, Outcome, OutgoingEmail, OutgoingText, Sending, TextRoute, settings::Routes,
    },
};
use sea_orm_migration::{MigrationTrait, MigratorTrait};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        let foundation = audit::migrations().into_iter().chain(accounts::migrations());
        foundation.chain(jobs::migrations()).chain(notify_store::migrations()).collect()
    }
}

/// A provider that is never ready, so that only the making is measured.
struct Never;

impl EmailRoute for Never {
    fn name(&self) -> &str {
        "never"
    }
    fn gives_receipts(&self) -> bool {
        false
    }
    fn send<'a>(&'a self, _: &'a OutgoingEmail) -> Sending<'a> {
        Box::pin(std::future::ready(later()))
    }
}

impl TextRoute for Never {
    fn name(&self) -> &str {
        "never"
    }
    fn gives_receipts(&self) -> bool {
        false
    }
    fn send<'a>(&'a self, _: &'a OutgoingText) -> Sending<'a> {
        Box::pin(std::future::ready(later()))
    }
}

fn later() -> Outcome {
    let after = Some(std::time::Duration::from_secs(100_000));
    Outcome::Later { words: "never".to_owned(), after }
}

/// The most memory that this process ever had, in megabytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}

async fn dispatch(db: &Db, tracker: &TaskTracker, stop: &CancellationToken) -> Dispatch {
    let vault = Vault::new(&[(1, vec![7; 32])].into(), b"measured").unwrap();
    Dispatch {
        db: db.clone(),
        vault: Arc::new(vault),
        inbox: Inbox::start(db, inbox::Settings::of(db.engine()), tracker, stop),
        clock: Clock::system(),
        jobs: Arc::default(),
        settings: Settings::default(),
    }
}

async fn prepare(db: &Db) -> (accounts::ServiceId, accounts::PersonId, notify_store::TemplateId) {
    let stamp = Stamp::system(Clock::system().now());
    let tx = db.begin().await.unwrap();
    let name = format!("Measured {}", stamp.at.timestamp_micros());
    let service = accounts::service::create(&tx, &stamp, &name, None).await.unwrap().id;
    accounts::service::go_live(&tx, &stamp, service).await.unwrap();
    setting::create(&tx, &stamp, service, &service.to_string()).await.unwrap();
    let limits = Some(Limits { email_daily: 1 << 40, email_annual: 1 << 40, ..Limits::LIVE });
    let change = setting::Change { limits, ..setting::Change::default() };
    setting::change(&tx, &stamp, service, &change).await.unwrap();
    let details = person::Details {
        name: "Sam".to_owned(),
        email_address: format!("{service}@example.gc.ca"),
        mobile_number: None,
        language: Language::English,
    };
    let person = person::create(&tx, &stamp, &details).await.unwrap().id;
    let new = NewTemplate {
        channel: Channel::Email,
        name: "Permit".to_owned(),
        subject: Some("Permit ((number))".to_owned()),
        body: "Hello ((name)),\n\nyour permit ((number)) is ready at ((office)).".to_owned(),
        category_id: None,
        folder_id: None,
        lane: None,
        language: "en".to_owned(),
        right_to_left: false,
    };
    let template = template::create(&tx, &stamp, service, "sam@example.gc.ca", new).await.unwrap();
    tx.commit().await.unwrap();
    (service, person, template.head.id)
}

fn list(rows: usize) -> Vec<u8> {
    let mut csv = "email address;name;number;office\n".to_owned();
    for nth in 0..rows {
        csv.push_str(&format!("person{nth}@example.ca;Noor Benali {nth};A-2026-{nth};Ottawa\n"));
    }
    csv.into_bytes()
}

#[tokio::main]
async fn main() {
    let rows = std::env::args().nth(1).map_or(100_000, |rows| rows.parse().unwrap());
    let url = std::env::var("BULK_DATABASE").unwrap_or_else(|_| "sqlite:bulk_load.db".to_owned());
    let db = Db::connect(&Connect { url, connections: 6 }).await.unwrap();
    db::migrate::up::<Migrator>(&db).await.unwrap();
    let (tracker, stop) = (TaskTracker::new(), CancellationToken::new());
    let (dispatch, bytes) = (dispatch(&db, &tracker, &stop).await, list(rows));
    let (service, person, template) = prepare(&db).await;
    let before = peak();
    let begun = Instant::now();
    let who = (service, person);
    let upload = dispatch.keep_upload(who, template, "list.csv", bytes).await.unwrap();
    println!("{rows} rows: uploaded after {:?}", begun.elapsed());
    let look = Look { language: Language::English, from: 0, rows: 10 };
    let checked = Instant::now();
    let check = dispatch.check(service, upload.id, look).await.unwrap();
    println!("checked in {:?}: {:?}", checked.elapsed(), check.problems);
    let started = Instant::now();
    dispatch.start(who, upload.id, Start::default()).await.unwrap();
    println!("started in {:?}; accepted in {:?} altogether", started.elapsed(), begun.elapsed());
    let never = Arc::new(Never);
    let post = Office::open(&db, dispatch.vault.clone(), Clock::system()).await.unwrap();
    let parts = Parts {
        db: db.clone(),
        clock: Clock::system(),
        vault: dispatch.vault.clone(),
        routes: Routes { email: never.clone(), text: never },
        outbound: Outbound::new(Reach::ThisMachineToo).unwrap(),
        settings: notify_work::Settings::default(),
        post: Arc::new(post),
        wake: Arc::default(),
    };
    let making = Instant::now();
    let _road = Road::start(parts, &tracker, &stop);
    let batch = notify_store::BatchId::from_uuid(upload.id.uuid());
    loop {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let row = notify_store::batch::find(db.read(), service, batch).await.unwrap().unwrap();
        if row.finished_at.is_some() {
            break;
        }
    }
    let made = notification::rows_of_batch(db.read(), service, batch).await.unwrap().len();
    println!(
        "{made} messages made in {:?}; memory grew by {} MB",
        making.elapsed(),
        peak() - before
    );
    stop.cancel();
    tracker.close();
    tracker.wait().await;
}
