//! `portico admin sms-sender`.

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, Subcommand};
use kernel::PhoneNumber;
use notify_store::sms_sender::{self, Model, NewSender, Refusal};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Act, Answer,
    answer::{Outcome, Page, Shown},
    find,
};

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Add a number or a name; the first one is the default.
    Add(Add),
    /// Remove a number or a name.
    Remove {
        /// The service, by name or id.
        #[arg(long)]
        service: String,
        /// The number or the name.
        sender: String,
    },
    /// List the senders, newest first.
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
    /// A number, or a name of at most 11 letters, digits and blanks.
    sender: String,
    /// Use it when a request names none.
    #[arg(long)]
    default: bool,
    /// Texts sent to this number are the service's received texts.
    #[arg(long)]
    receives: bool,
}

impl Shown for Model {
    const NOUN: (&'static str, &'static str) = ("sms_sender", "sms_senders");

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "sender": self.sender,
            "is_default": self.is_default,
            "receives": self.receives,
            "created_at": self.created_at,
        })
    }

    fn line(&self) -> String {
        let default = if self.is_default { ", default" } else { "" };
        let receives = if self.receives { ", receives" } else { "" };
        format!("{} ({}){default}{receives}", self.sender, self.id)
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Add(asked) => add(act, &asked).await,
        Command::Remove { service, sender } => remove(act, &service, &sender).await,
        Command::List { service, page } => {
            let service = find::any_service(act, &service).await?;
            Ok(page.of(sms_sender::list(act.read(), service.id).await?))
        }
    }
}

async fn add(act: &Act<'_>, asked: &Add) -> Result<Answer> {
    let service = find::service(act, &asked.service).await?;
    let sender = written(&asked.sender)?;
    ensure!(!asked.receives || sender.starts_with('+'), "only a number can receive texts");
    let known = sms_sender::list(act.read(), service.id).await?;
    let tx = act.begin().await?;
    let (outcome, row) = match known.into_iter().find(|row| row.sender == sender) {
        Some(row) => {
            ensure!(
                row.receives || !asked.receives,
                "{sender} is there already and does not receive texts: remove it first"
            );
            let outcome = Outcome::changed(asked.default && !row.is_default);
            let wanted = if asked.default {
                sms_sender::make_default(&tx, &act.stamp, service.id, row.id).await?
            } else {
                row
            };
            (outcome, wanted)
        }
        None => {
            let new = NewSender { sender, is_default: asked.default, receives: asked.receives };
            (Outcome::Created, sms_sender::add(&tx, &act.stamp, service.id, &new).await?)
        }
    };
    tx.commit().await?;
    Ok(Answer::done(outcome, &row))
}

async fn remove(act: &Act<'_>, service: &str, sender: &str) -> Result<Answer> {
    let service = find::service(act, service).await?;
    let sender = written(sender)?;
    let known = sms_sender::list(act.read(), service.id).await?;
    let Some(row) = known.into_iter().find(|row| row.sender == sender) else {
        let about = format!("{sender} is no sender of {:?}", service.name);
        return Ok(Answer::bare(Outcome::Unchanged, &about));
    };
    let tx = act.begin().await?;
    match sms_sender::remove(&tx, &act.stamp, service.id, row.id).await {
        Ok(()) => tx.commit().await?,
        Err(Refusal::IsDefault) => bail!(
            "{sender} is the default and there are others: make another one the default first, with \
             `portico admin sms-sender add --service … OTHER --default`"
        ),
        Err(other) => return Err(other.into()),
    }
    Ok(Answer::done(Outcome::Removed, &row))
}

/// A name as it is, a number in international form (API specification, section 5.5).
fn written(sender: &str) -> Result<String> {
    let sender = sender.trim();
    if !sender.chars().any(|letter| letter.is_ascii_alphabetic()) {
        let number = PhoneNumber::parse(sender).ok();
        let number = number.map(|number| number.e164().to_owned());
        return number.with_context(|| format!("{sender:?} is neither a number nor a name"));
    }
    let plain = sender.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == ' ');
    ensure!(
        plain && sender.len() <= 11,
        "the name {sender:?} cannot be a sender: at most 11 letters, digits and blanks, without accents"
    );
    Ok(sender.to_owned())
}
