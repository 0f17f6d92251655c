//! `portico admin callback`.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail, ensure};
use clap::{Args, Subcommand};
use kernel::Secret;
use notify::callback::Kind;
use notify_store::callback::{self, Model, Target};
use notify_work::outbound::address::{self, Reach};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Act, Answer,
    answer::{Outcome, Page, Shown},
    find,
};

/// The shortest bearer token (API specification, section 4.6).
const SHORTEST_TOKEN: usize = 10;

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Set where a service is told, and print the secret by which it can check our signatures.
    Set(Set),
    /// Print the secret by which a service can check our signatures.
    Secret(Which),
    /// Tell a service no more.
    Remove(Which),
    /// List a service's call-backs.
    List {
        /// The service, by name or id.
        #[arg(long)]
        service: String,
        #[command(flatten)]
        page: Page,
    },
}

#[derive(Clone, Debug, Args)]
pub(super) struct Which {
    /// The service, by name or id.
    #[arg(long)]
    service: String,
    /// What it is told: delivery (how messages ended) or received (texts sent to it).
    #[arg(long, default_value = "delivery")]
    kind: Kind,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Set {
    #[command(flatten)]
    which: Which,
    /// The https address.
    url: String,
    /// A file that holds the bearer token that the service expects, at least 10 characters.
    #[arg(long, value_name = "FILE")]
    token_file: PathBuf,
    /// Permit an address on this very machine, for development.
    #[arg(long)]
    this_machine: bool,
}

impl Shown for Model {
    const NOUN: (&'static str, &'static str) = ("callback", "callbacks");

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "kind": self.kind.0,
            "url": self.url,
            "suspended_at": self.suspended_at,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        })
    }

    fn line(&self) -> String {
        let state = if self.suspended_at.is_some() { ", suspended" } else { "" };
        format!("{} to {} ({}){state}", self.kind.0, self.url, self.id)
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Set(asked) => set(act, &asked).await,
        Command::Secret(which) => {
            let service = find::any_service(act, &which.service).await?;
            let row = callback::find(act.read(), service.id, which.kind).await?;
            let row = row.with_context(|| {
                format!("{:?} has no call-back of this kind: set one first", service.name)
            })?;
            with_secret(act, Answer::show(&row), &row)
        }
        Command::Remove(which) => remove(act, &which).await,
        Command::List { service, page } => {
            let service = find::any_service(act, &service).await?;
            Ok(page.of(callback::list(act.read(), service.id).await?))
        }
    }
}

async fn set(act: &Act<'_>, asked: &Set) -> Result<Answer> {
    let service = find::service(act, &asked.which.service).await?;
    let reach = if asked.this_machine { Reach::ThisMachineToo } else { Reach::Public };
    if let Err(why) = address::check(&asked.url, reach) {
        bail!("{} cannot be called back: {why}", asked.url);
    }
    let token = token(&asked.token_file)?;
    let (kind, url) = (asked.which.kind, asked.url.as_str());
    let vault = &act.context.vault;
    let before = callback::find(act.read(), service.id, kind).await?;
    let known = before.as_ref().map(|row| row.secrets(vault)).transpose()?;
    let is_same = known.is_some_and(|known| known.token.expose() == token.expose());
    if let Some(row) =
        before.as_ref().filter(|row| is_same && row.url == url && row.suspended_at.is_none())
    {
        return with_secret(act, Answer::done(Outcome::Unchanged, row), row);
    }
    let tx = act.begin().await?;
    let target = Target { kind, url, token: &token };
    let row = callback::set(&tx, vault, &act.stamp, service.id, &target).await?;
    tx.commit().await?;
    let outcome = if before.is_some() { Outcome::Changed } else { Outcome::Created };
    with_secret(act, Answer::done(outcome, &row), &row)
}

async fn remove(act: &Act<'_>, which: &Which) -> Result<Answer> {
    let service = find::service(act, &which.service).await?;
    let tx = act.begin().await?;
    let was_there = callback::remove(&tx, &act.stamp, service.id, which.kind).await?;
    tx.commit().await?;
    let about = format!("{:?} has no call-back of the kind {}", service.name, which.kind);
    Ok(Answer::bare(if was_there { Outcome::Removed } else { Outcome::Unchanged }, &about))
}

fn with_secret(act: &Act<'_>, answer: Answer, row: &Model) -> Result<Answer> {
    let secrets = row.secrets(&act.context.vault)?;
    let secret = secrets.signing.expose();
    Ok(answer.with(&format!("signing secret: {secret}"), "signing_secret", secret))
}

/// A token comes from a file, because every process of the machine can read a command's arguments.
fn token(file: &PathBuf) -> Result<Secret> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read the token from {}", file.display()))?;
    let token = text.trim();
    ensure!(
        token.len() >= SHORTEST_TOKEN && token.bytes().all(|byte| byte.is_ascii_graphic()),
        "the token in {} must have at least {SHORTEST_TOKEN} characters, all visible ASCII",
        file.display()
    );
    Ok(Secret::new(token))
}
