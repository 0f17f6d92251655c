//! `portico admin key`.

use accounts::{
    ApiKeyId, Capabilities, Capability, KeyKind,
    api_key::{self, Model, NewKey},
    service,
};
use anyhow::{Context as _, Result, ensure};
use clap::{Args, Subcommand};
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
    /// Make a key and print it; it cannot be shown again.
    Create(Create),
    /// Revoke a key for ever.
    Revoke {
        /// The service, by name or id.
        #[arg(long)]
        service: String,
        /// The key, by name or id.
        key: String,
    },
    /// List a service's keys, newest first, the revoked ones too.
    List {
        /// The service, by name or id.
        #[arg(long)]
        service: String,
        #[command(flatten)]
        page: Page,
    },
}

#[derive(Clone, Debug, Args)]
pub(super) struct Create {
    /// The service, by name or id.
    #[arg(long)]
    service: String,
    /// The key's name.
    name: String,
    /// Whom it may write to: normal (anybody), team (the team and the safelist) or test (nobody really).
    #[arg(long, default_value = "normal")]
    kind: KeyKind,
    /// What else it may do: manage_templates, manage_reports; several with commas between.
    #[arg(long, value_delimiter = ',')]
    capability: Vec<Capability>,
}

impl Shown for Model {
    const NOUN: (&'static str, &'static str) = ("key", "keys");

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn json(&self) -> Value {
        let capabilities: Vec<_> = self.capabilities.iter().map(Capability::word).collect();
        json!({
            "id": self.id,
            "service_id": self.service_id,
            "name": self.name,
            "kind": self.kind.word(),
            "capabilities": capabilities,
            "created_at": self.created_at,
            "revoked_at": self.revoked_at,
            "last_used_at": self.last_used_at,
        })
    }

    fn line(&self) -> String {
        let state = if self.revoked_at.is_some() { ", revoked" } else { "" };
        format!("{:?} ({}), {}{state}", self.name, self.id, self.kind.word())
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Create(asked) => create(act, asked).await,
        Command::Revoke { service, key } => revoke(act, &service, &key).await,
        Command::List { service, page } => {
            let service = find::any_service(act, &service).await?;
            let after = page.older_than.map(Id::from_uuid);
            let rows = api_key::page(act.read(), service.id, after, page.wanted()).await?;
            Ok(Answer::page(rows, &page))
        }
    }
}

async fn create(act: &Act<'_>, asked: Create) -> Result<Answer> {
    let service = find::service(act, &asked.service).await?;
    let wanted = NewKey {
        name: find::name(&asked.name, "a key")?.to_owned(),
        kind: asked.kind,
        capabilities: asked.capability.into_iter().collect::<Capabilities>(),
    };
    if let Some(there) = api_key::by_name(act.read(), service.id, &wanted.name).await? {
        ensure!(
            there.kind.0 == wanted.kind && there.capabilities.0 == wanted.capabilities,
            "the service has another key named {:?}, of kind {} with the capabilities [{}]: revoke it first, or \
             choose another name",
            there.name,
            there.kind.word(),
            there.capabilities.0
        );
        let lost =
            "its secret cannot be shown again: if it is lost, revoke the key and make it anew";
        return Ok(Answer::done(Outcome::Unchanged, &there).with(lost, "note", lost));
    }
    let tx = act.begin().await?;
    let issued = api_key::issue(&tx, &act.context.vault, &act.stamp, service.id, &wanted).await?;
    let made = api_key::find(&tx, service.id, issued.id).await?;
    tx.commit().await?;
    let made = made.context("the key just made is gone")?;
    let full = issued.full.expose();
    Ok(Answer::done(Outcome::Created, &made)
        .with("Keep this now, it is not shown again:", "note", "the key is not shown again")
        .with(full, "full", full))
}

async fn revoke(act: &Act<'_>, service: &str, named: &str) -> Result<Answer> {
    let service = find::any_service(act, service).await?;
    let key = the_key(act, &service, named).await?;
    let tx = act.begin().await?;
    let was_live = api_key::revoke(&tx, &act.stamp, service.id, key.id).await?;
    let key = api_key::find(&tx, service.id, key.id).await?.unwrap_or(key);
    tx.commit().await?;
    Ok(Answer::done(if was_live { Outcome::Removed } else { Outcome::Unchanged }, &key))
}

/// The key of this id or name; among several of one name the one that is not revoked, or the newest.
async fn the_key(act: &Act<'_>, service: &service::Model, named: &str) -> Result<Model> {
    let by_id = match named.parse::<ApiKeyId>() {
        Ok(id) => api_key::find(act.read(), service.id, id).await?,
        Err(_) => None,
    };
    let found = match by_id {
        Some(key) => Some(key),
        None => {
            let keys = api_key::list(act.read(), service.id).await?;
            let of_name = keys.into_iter().filter(|key| key.name == named);
            of_name.max_by_key(|key| (key.revoked_at.is_none(), key.id))
        }
    };
    found.with_context(|| {
        format!(
            "the service {:?} has no key {named:?}: `portico admin key list` shows all",
            service.name
        )
    })
}
