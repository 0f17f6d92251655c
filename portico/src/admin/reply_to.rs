//! `portico admin reply-to`.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use notify_store::reply_to::{self, Model, Refusal};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Act, Answer,
    answer::{Outcome, Page, Shown},
    find,
};

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Add an address; the first one is the default.
    Add(Add),
    /// Remove an address.
    Remove {
        /// The service, by name or id.
        #[arg(long)]
        service: String,
        /// The address.
        email: String,
    },
    /// List the addresses, newest first.
    List {
        /// The service, by name or id.
        #[arg(long)]
        service: String,
        #[command(flatten)]
        page: Page,
    },
}

#[derive(Clone, Debug, Args)]
pub(super) struct Add {
    /// The service, by name or id.
    #[arg(long)]
    service: String,
    /// The address.
    email: String,
    /// Use it when a request names none.
    #[arg(long)]
    default: bool,
}

impl Shown for Model {
    const NOUN: (&'static str, &'static str) = ("reply_to", "reply_to");

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "email_address": self.email_address,
            "is_default": self.is_default,
            "created_at": self.created_at,
        })
    }

    fn line(&self) -> String {
        let default = if self.is_default { ", default" } else { "" };
        format!("{} ({}){default}", self.email_address, self.id)
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Add(asked) => add(act, &asked).await,
        Command::Remove { service, email } => remove(act, &service, &email).await,
        Command::List { service, page } => {
            let service = find::any_service(act, &service).await?;
            Ok(page.of(reply_to::list(act.read(), service.id).await?))
        }
    }
}

async fn add(act: &Act<'_>, asked: &Add) -> Result<Answer> {
    let service = find::service(act, &asked.service).await?;
    let address = find::email_address(&asked.email)?;
    let known = reply_to::list(act.read(), service.id).await?;
    let known = known.into_iter().find(|row| row.email_address == address.normalised());
    let tx = act.begin().await?;
    let (outcome, row) = match known {
        Some(row) if row.is_default || !asked.default => (Outcome::Unchanged, row),
        Some(row) => {
            let row = reply_to::make_default(&tx, &act.stamp, service.id, row.id).await?;
            (Outcome::Changed, row)
        }
        None => {
            let row = reply_to::add(&tx, &act.stamp, service.id, &address, asked.default).await?;
            (Outcome::Created, row)
        }
    };
    tx.commit().await?;
    Ok(Answer::done(outcome, &row))
}

async fn remove(act: &Act<'_>, service: &str, email: &str) -> Result<Answer> {
    let service = find::service(act, service).await?;
    let address = find::email_address(email)?.normalised();
    let known = reply_to::list(act.read(), service.id).await?;
    let Some(row) = known.into_iter().find(|row| row.email_address == address) else {
        let about = format!("{address} is no reply address of {:?}", service.name);
        return Ok(Answer::bare(Outcome::Unchanged, &about));
    };
    let tx = act.begin().await?;
    match reply_to::remove(&tx, &act.stamp, service.id, row.id).await {
        Ok(()) => tx.commit().await?,
        Err(Refusal::IsDefault) => bail!(
            "{address} is the default and there are others: make another one the default first, with \
             `portico admin reply-to add --service … OTHER --default`"
        ),
        Err(other) => return Err(other.into()),
    }
    Ok(Answer::done(Outcome::Removed, &row))
}
