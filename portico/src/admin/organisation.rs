//! `portico admin organisation`.

use accounts::organisation::{self, Model};
use anyhow::Result;
use clap::Subcommand;
use kernel::Id;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Act, Answer,
    answer::{Outcome, Page, Shown},
    find,
};

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Make an organisation.
    Create {
        /// Its name.
        name: String,
    },
    /// List organisations, newest first.
    List(Page),
}

impl Shown for Model {
    const NOUN: (&'static str, &'static str) = ("organisation", "organisations");

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn json(&self) -> Value {
        json!({"id": self.id, "name": self.name, "created_at": self.created_at})
    }

    fn line(&self) -> String {
        format!("{:?} ({})", self.name, self.id)
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Create { name } => create(act, find::name(&name, "an organisation")?).await,
        Command::List(page) => {
            let after = page.older_than.map(Id::from_uuid);
            let rows = organisation::page(act.read(), after, page.wanted()).await?;
            Ok(Answer::page(rows, &page))
        }
    }
}

async fn create(act: &Act<'_>, name: &str) -> Result<Answer> {
    if let Some(there) = organisation::by_name(act.read(), name).await? {
        return Ok(Answer::done(Outcome::Unchanged, &there));
    }
    let tx = act.begin().await?;
    let made = organisation::create(&tx, &act.stamp, name).await?;
    tx.commit().await?;
    Ok(Answer::done(Outcome::Created, &made))
}
