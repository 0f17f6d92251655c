//! `portico admin service`.

mod states;

use accounts::service::{self, Model};
use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use db::Transaction;
use kernel::Id;
use notify::Permission;
use notify_store::setting;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Act, Answer,
    answer::{Outcome, Page, Shown},
    find,
};

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Make a service in trial, or change the one of this name to what is given.
    Create(Create),
    /// Change what is given, and only that.
    Change(Change),
    /// Show one service.
    Show(Which),
    /// List services, newest first.
    List(Page),
    /// Let a service read and no longer send.
    Suspend(Which),
    /// Let a suspended service send again.
    Resume(Which),
    /// End the trial: the service may write to anybody, with the limits of a live service.
    GoLive(Which),
    /// Put a service away for good and revoke its keys.
    Archive(Which),
}

#[derive(Clone, Debug, Args)]
pub(super) struct Which {
    /// The service, by name or id.
    service: String,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Create {
    /// Its name, which its emails come from.
    name: String,
    /// The organisation it belongs to, by name or id.
    #[arg(long)]
    organisation: Option<String>,
    /// The part of its address before the @; made from the name when not given.
    #[arg(long)]
    email_from: Option<String>,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Change {
    /// The service, by name or id.
    service: String,
    /// Another name.
    #[arg(long)]
    name: Option<String>,
    /// Another organisation, by name or id.
    #[arg(long)]
    organisation: Option<String>,
    /// Another part of its address before the @.
    #[arg(long)]
    email_from: Option<String>,
    /// Whether its texts begin with its name.
    #[arg(long)]
    prefix_sms: Option<bool>,
    /// All that it may do: email, sms, international_sms, inbound_sms, upload_document; commas between.
    #[arg(long, value_delimiter = ',')]
    permissions: Option<Vec<Permission>>,
}

/// A service together with what Notify has set for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Whole {
    service: Model,
    setting: Option<setting::Model>,
}

impl Shown for Model {
    const NOUN: (&'static str, &'static str) = ("service", "services");

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "organisation_id": self.organisation_id,
            "state": state(self),
            "trial": self.trial,
            "suspended_at": self.suspended_at,
            "archived_at": self.archived_at,
            "created_at": self.created_at,
        })
    }

    fn line(&self) -> String {
        format!("{:?} ({}), {}", self.name, self.id, state(self))
    }
}

impl Shown for Whole {
    const NOUN: (&'static str, &'static str) = Model::NOUN;

    fn id(&self) -> Uuid {
        self.service.id.uuid()
    }

    fn json(&self) -> Value {
        let mut json = self.service.json();
        if let Some(setting) = &self.setting {
            json["email_from"] = json!(setting.email_from);
            json["sending_domain"] = json!(setting.sending_domain);
            json["prefix_sms"] = json!(setting.prefix_sms);
            json["permissions"] = setting.permissions.split(',').collect();
        }
        json
    }

    fn line(&self) -> String {
        let from = self.setting.as_ref().map(|setting| format!(", from {}@", setting.email_from));
        format!("{}{}", self.service.line(), from.unwrap_or_default())
    }
}

const fn state(service: &Model) -> &'static str {
    match (service.is_archived(), service.is_suspended(), service.trial) {
        (true, ..) => "archived",
        (_, true, _) => "suspended",
        (_, _, true) => "trial",
        _ => "live",
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Create(asked) => create(act, asked).await,
        Command::Change(asked) => change(act, asked).await,
        Command::Show(which) => {
            let service = find::any_service(act, &which.service).await?;
            Ok(Answer::show(&whole(act, service).await?))
        }
        Command::List(page) => {
            let after = page.older_than.map(Id::from_uuid);
            let rows = service::page(act.read(), after, page.wanted()).await?;
            Ok(Answer::page(rows, &page))
        }
        Command::Suspend(which) => states::suspend(act, &which.service).await,
        Command::Resume(which) => states::resume(act, &which.service).await,
        Command::GoLive(which) => states::go_live(act, &which.service).await,
        Command::Archive(which) => states::archive(act, &which.service).await,
    }
}

async fn whole(act: &Act<'_>, service: Model) -> Result<Whole> {
    let setting = setting::find(act.read(), service.id).await?;
    Ok(Whole { service, setting })
}

async fn create(act: &Act<'_>, asked: Create) -> Result<Answer> {
    let name = find::name(&asked.name, "a service")?.to_owned();
    if service::by_name(act.read(), &name).await?.is_some() {
        let Create { organisation, email_from, .. } = asked;
        let same = Change {
            service: name,
            organisation,
            email_from,
            name: None,
            prefix_sms: None,
            permissions: None,
        };
        return change(act, same).await;
    }
    let organisation = match &asked.organisation {
        Some(named) => Some(find::organisation(act, named).await?.id),
        None => None,
    };
    let local_part = match &asked.email_from {
        Some(given) => local_part(given)?,
        None => local_part(&notify::sender::local_part(&name))?,
    };
    let tx = act.begin().await?;
    let made = service::create(&tx, &act.stamp, &name, organisation).await?;
    let setting = setting::create(&tx, &act.stamp, made.id, &local_part).await;
    let setting = setting.map_err(|error| taken(error, &local_part))?;
    tx.commit().await?;
    let whole = Whole { service: made, setting: Some(setting) };
    Ok(Answer::done(Outcome::Created, &whole))
}

async fn change(act: &Act<'_>, asked: Change) -> Result<Answer> {
    let before = whole(act, find::service(act, &asked.service).await?).await?;
    let organisation = match &asked.organisation {
        Some(named) => Some(find::organisation(act, named).await?.id),
        None => None,
    };
    let wanted = setting::Change {
        email_from: asked.email_from.as_deref().map(local_part).transpose()?,
        prefix_sms: asked.prefix_sms,
        permissions: asked.permissions.map(|given| given.into_iter().collect()),
        ..setting::Change::default()
    };
    let tx = act.begin().await?;
    let mut service = before.service.clone();
    if let Some(name) = &asked.name {
        service = rename(&tx, act, service, find::name(name, "a service")?).await?;
    }
    if organisation.is_some() && organisation != service.organisation_id {
        service = service::join(&tx, &act.stamp, service.id, organisation).await?;
    }
    let setting = match &before.setting {
        Some(_) => setting::change(&tx, &act.stamp, service.id, &wanted).await,
        None => {
            bail!("the service {:?} has no settings; it was not made by this command", service.name)
        }
    };
    let address = wanted.email_from.unwrap_or_default();
    let setting = setting.map_err(|error| taken(error, &address))?;
    tx.commit().await?;
    let after = Whole { service, setting: Some(setting) };
    Ok(Answer::done(Outcome::changed(after != before), &after))
}

async fn rename(tx: &Transaction, act: &Act<'_>, service: Model, name: &str) -> Result<Model> {
    if service.name == name {
        return Ok(service);
    }
    match service::rename(tx, &act.stamp, service.id, name).await {
        Ok(renamed) => Ok(renamed),
        Err(error) if error.is_conflict("uq_service_name") => {
            bail!("there is another service named {name:?}: choose another name")
        }
        Err(error) => Err(error.into()),
    }
}

fn taken(error: db::Error, local_part: &str) -> anyhow::Error {
    if error.is_conflict("uq_setting_email_from") {
        anyhow::anyhow!(
            "another service already writes from {local_part}@: give another one with --email-from"
        )
    } else {
        error.into()
    }
}

fn local_part(text: &str) -> Result<String> {
    if find::email_address(&format!("{text}@example.ca")).is_err() || text.contains('@') {
        bail!(
            "{text:?} cannot stand before the @ of an address: give one with --email-from, for instance permits"
        );
    }
    Ok(text.to_lowercase())
}
