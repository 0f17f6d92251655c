//! `portico admin callback`.

use std::path::PathBuf;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use clap::{Args, Subcommand};
use kernel::Secret;
use notify::callback::Kind;
use notify_store::callback::{self, Model, Target};
use notify_work::outbound::{
    Health, Outbound,
    address::{self, Reach},
};
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
    /// Ask a service's receiver whether it is there, as `set` does before it keeps the address.
    Check(Reached),
    /// Stop telling a service for now; what happens meanwhile is not told later.
    Suspend(Which),
    /// Tell a service again, after it was suspended by an operator or for 25 failures within 5 minutes.
    Resume(Which),
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
pub(super) struct Reached {
    #[command(flatten)]
    which: Which,
    /// Permit an address on this very machine, for development.
    #[arg(long)]
    this_machine: bool,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Set {
    #[command(flatten)]
    to: Reached,
    /// The https address.
    url: String,
    /// A file that holds the bearer token that the service expects, at least 10 characters.
    #[arg(long, value_name = "FILE")]
    token_file: PathBuf,
    /// Keep the address without asking whether anybody answers there.
    #[arg(long)]
    unchecked: bool,
}

impl Reached {
    fn reach(&self) -> Reach {
        if self.this_machine { Reach::ThisMachineToo } else { Reach::Public }
    }
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
        let since = self.suspended_at.map(|at| format!(", suspended since {at:?}"));
        format!("{} to {} ({}){}", self.kind.0, self.url, self.id, since.unwrap_or_default())
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Set(asked) => set(act, &asked).await,
        Command::Check(asked) => check(act, &asked).await,
        Command::Suspend(which) => suspend(act, &which, true).await,
        Command::Resume(which) => suspend(act, &which, false).await,
        Command::Secret(which) => {
            let row = existing(act, &which).await?;
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
    let (which, reach) = (&asked.to.which, asked.to.reach());
    let service = find::service(act, &which.service).await?;
    if let Err(why) = address::check(&asked.url, reach) {
        bail!("{} cannot be called back: {why}", asked.url);
    }
    let token = token(&asked.token_file)?;
    let (kind, url) = (which.kind, asked.url.as_str());
    let vault = &act.context.vault;
    let before = callback::find(act.read(), service.id, kind).await?;
    let known = before.as_ref().map(|row| row.secrets(vault)).transpose()?;
    let is_same = known.is_some_and(|known| known.token.expose() == token.expose());
    if let Some(row) =
        before.as_ref().filter(|row| is_same && row.url == url && row.suspended_at.is_none())
    {
        return with_secret(act, Answer::done(Outcome::Unchanged, row), row);
    }
    let health = match asked.unchecked {
        true => None,
        false => Some(ask(act, url, &token, reach).await?),
    };
    let tx = act.begin().await?;
    let target = Target { kind, url, token: &token };
    let row = callback::set(&tx, vault, &act.stamp, service.id, &target).await?;
    tx.commit().await?;
    let outcome = if before.is_some() { Outcome::Changed } else { Outcome::Created };
    let answer = with_secret(act, Answer::done(outcome, &row), &row)?;
    Ok(match health {
        Some(health) => with_health(answer, health),
        None => answer,
    })
}

/// Asks the receiver whether it is there (API specification, section 4.6).
async fn ask(act: &Act<'_>, url: &str, token: &Secret, reach: Reach) -> Result<Health> {
    let asked = Outbound::new(reach)?.health(url, token, act.stamp.at).await;
    asked.map_err(|why| {
        anyhow!("{url} cannot be called back: {why} (--unchecked keeps it all the same)")
    })
}

async fn check(act: &Act<'_>, asked: &Reached) -> Result<Answer> {
    let row = existing(act, &asked.which).await?;
    let token = row.secrets(&act.context.vault)?.token;
    let asked = Outbound::new(asked.reach())?.health(&row.url, &token, act.stamp.at).await;
    let health = asked.map_err(|why| anyhow!("{} cannot be called back: {why}", row.url))?;
    Ok(with_health(Answer::show(&row), health))
}

fn with_health(answer: Answer, health: Health) -> Answer {
    let took = health.elapsed.as_millis();
    let words = format!("the receiver answered {} after {took} ms", health.status);
    let answer = answer.with(&words, "answered_after_ms", &took.to_string());
    if !health.is_slow() {
        return answer;
    }
    let slow = "the receiver is slow: call-backs are given up on after 5 seconds and tried again";
    answer.with(&format!("warning: {slow}"), "warning", slow)
}

async fn suspend(act: &Act<'_>, which: &Which, suspended: bool) -> Result<Answer> {
    let row = existing(act, which).await?;
    if row.suspended_at.is_some() == suspended {
        return Ok(Answer::done(Outcome::Unchanged, &row));
    }
    let tx = act.begin().await?;
    let row = callback::suspend(&tx, &act.stamp, row.service_id, which.kind, suspended).await?;
    tx.commit().await?;
    Ok(Answer::done(Outcome::Changed, &row))
}

/// The service's call-back of a kind.
async fn existing(act: &Act<'_>, which: &Which) -> Result<Model> {
    let service = find::any_service(act, &which.service).await?;
    let row = callback::find(act.read(), service.id, which.kind).await?;
    row.with_context(|| format!("{:?} has no call-back of this kind: set one first", service.name))
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
