//! Notifications that were sent before the measurement began, whole and readable, stored quickly.

use accounts::KeyKind;
use anyhow::{Context, Result};
use db::Engine;
use kernel::{Clock, Id, Time, Vault, Word};
use notify::{Channel, Status};
use notify_store::{
    NotificationId, TemplateId,
    notification::{self, Content, NewMessage, Origin},
};
use sea_orm::{ConnectionTrait, Database};
use serde_json::json;

use crate::{progress::say, world::World};

/// Rows of a statement; SQLite takes 32,766 parameters.
const STATEMENT: usize = 1_000;
/// Statements of a transaction.
const TRANSACTION: usize = 20;
/// How many ids are remembered, for reading.
const SAMPLE: usize = 1_000;

/// Stores `many` notifications of the world's service; gives some of their ids, oldest first.
pub async fn fill(world: &World, many: usize) -> Result<Vec<NotificationId>> {
    let db = &world.portico.database().db;
    let maker = Maker::new(world)?;
    let (mut ids, mut stored) = (Vec::new(), 0);
    while stored < many {
        let tx = db.begin().await?;
        for _ in 0..TRANSACTION {
            let rows = (0..STATEMENT.min(many - stored))
                .map(|_| maker.sent(Clock::system().now()))
                .collect::<Result<Vec<_>>>()?;
            stored += rows.len();
            ids.extend(rows.iter().step_by(many.div_ceil(SAMPLE)).map(|row| row.id));
            notification::insert(&tx, rows).await?;
        }
        tx.commit().await.context("rows")?;
        if stored % 100_000 == 0 {
            say(&format!("{:?}: {stored} notifications stored", db.engine()));
        }
    }
    settle(db.engine(), &world.portico.database().url).await?;
    Ok(ids)
}

/// Does what a database does after so many rows, so that it does not do it while we measure.
async fn settle(engine: Engine, url: &str) -> Result<()> {
    run(
        url,
        match engine {
            Engine::Sqlite => &["PRAGMA wal_checkpoint(TRUNCATE)"],
            Engine::Postgres => &["VACUUM (ANALYZE) notification", "CHECKPOINT"],
        },
    )
    .await
}

/// Takes away what waits to be delivered, so that the next round finds an empty queue again.
pub async fn empty_queue(world: &World) -> Result<()> {
    let database = world.portico.database();
    let clear = match database.db.engine() {
        Engine::Sqlite => "DELETE FROM delivery",
        Engine::Postgres => "TRUNCATE delivery",
    };
    run(&database.url, &[clear]).await
}

/// Runs commands on a connection of their own, which may write and is in no transaction.
async fn run(url: &str, commands: &[&str]) -> Result<()> {
    let connection = Database::connect(url).await?;
    for command in commands {
        connection.execute_unprepared(command).await.with_context(|| (*command).to_owned())?;
    }
    Ok(connection.close().await?)
}

/// Makes rows as they are after a provider took the message; each goes to somebody else.
struct Maker<'a> {
    world: &'a World,
    template: TemplateId,
    vault: Vault,
    values: serde_json::Map<String, serde_json::Value>,
}

impl<'a> Maker<'a> {
    fn new(world: &'a World) -> Result<Self> {
        let values = json!({ "name": "Noor Benali", "reference": "A-2026-004811", "days": 5 });
        Ok(Self {
            world,
            template: world.template.parse()?,
            vault: portico::keys::open(&world.portico.folder().join("var/keys"))?,
            values: values.as_object().cloned().unwrap_or_default(),
        })
    }

    fn sent(&self, now: Time) -> Result<notification::Model> {
        let id: NotificationId = Id::new(now);
        let to = format!("{}@example.gc.ca", id.uuid().simple());
        let message = NewMessage {
            id,
            service: self.world.service,
            template: (self.template, 1),
            channel: Channel::Email,
            origin: Origin { api_key_id: None, key_kind: KeyKind::Normal, created_by: None },
            content: Content {
                to: to.clone(),
                deliver_to: to,
                values: self.values.clone(),
                sanitised: Vec::new(),
                unsubscribe: None,
                callback: None,
            },
            reference: Some("before".to_owned()),
            reply_to: None,
            parts: 1,
            batch: None,
            at: now,
            scheduled_for: None,
        };
        Ok(notification::Model {
            status: Word(Status::Sent),
            sent_at: Some(now),
            completed_at: Some(now),
            updated_at: Some(now),
            provider: Some("smtp".to_owned()),
            ..message.row(&self.vault)?
        })
    }
}
