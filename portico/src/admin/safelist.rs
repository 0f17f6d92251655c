//! `portico admin safelist`.

use anyhow::Result;
use clap::{Args, Subcommand};
use notify_store::safelist::{self, Model};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Act, Answer,
    answer::{Outcome, Page, Shown},
    find,
};

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Let a trial service and team keys write to a recipient.
    Add(Entry),
    /// Take a recipient off the list.
    Remove(Entry),
    /// List the recipients, newest first.
    List {
        /// The service, by name or id.
        #[arg(long)]
        service: String,
        #[command(flatten)]
        page: Page,
    },
}

#[derive(Clone, Debug, Args)]
pub(super) struct Entry {
    /// The service, by name or id.
    #[arg(long)]
    service: String,
    /// An email address or a mobile number.
    recipient: String,
}

impl Shown for Model {
    const NOUN: (&'static str, &'static str) = ("recipient", "recipients");

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "channel": self.channel.0,
            "recipient": self.recipient,
            "created_at": self.created_at,
        })
    }

    fn line(&self) -> String {
        format!("{} ({})", self.recipient, self.id)
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Add(entry) => add(act, &entry).await,
        Command::Remove(entry) => remove(act, &entry).await,
        Command::List { service, page } => {
            let service = find::any_service(act, &service).await?;
            Ok(page.of(safelist::list(act.read(), service.id).await?))
        }
    }
}

async fn add(act: &Act<'_>, entry: &Entry) -> Result<Answer> {
    let service = find::service(act, &entry.service).await?;
    let (channel, recipient) = find::recipient(&entry.recipient)?;
    let tx = act.begin().await?;
    let is_new = safelist::add(&tx, &act.stamp, service.id, (channel, &recipient)).await?;
    tx.commit().await?;
    let about = format!("{recipient} is on the safelist of {:?}", service.name);
    Ok(Answer::bare(if is_new { Outcome::Created } else { Outcome::Unchanged }, &about))
}

async fn remove(act: &Act<'_>, entry: &Entry) -> Result<Answer> {
    let service = find::service(act, &entry.service).await?;
    let (channel, recipient) = find::recipient(&entry.recipient)?;
    let tx = act.begin().await?;
    let was_there = safelist::remove(&tx, &act.stamp, service.id, (channel, &recipient)).await?;
    tx.commit().await?;
    let about = format!("{recipient} is not on the safelist of {:?}", service.name);
    Ok(Answer::bare(if was_there { Outcome::Removed } else { Outcome::Unchanged }, &about))
}
