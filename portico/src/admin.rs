//! `portico admin`: everything an operator sets, from a shell or a script.
//!
//! Each command can be given twice: the second time it changes nothing, says so, and succeeds as well.

mod answer;
mod callback;
mod find;
mod key;
mod limits;
mod member;
mod organisation;
mod person;
mod reply_to;
mod safelist;
mod service;
mod sms_sender;
mod template;

use std::sync::Arc;

use anyhow::Result;
use audit::{Actor, Stamp};
use clap::{Args, Subcommand};
use db::{Db, Transaction};
use kernel::{Clock, Vault};
use sea_orm::DatabaseConnection;

pub use answer::Answer;

/// What is asked of `portico admin`.
#[derive(Clone, Debug, Args)]
pub struct Arguments {
    /// Answer with one JSON object.
    #[arg(long, global = true)]
    json: bool,
    /// Your name, for the audit record.
    #[arg(long, global = true, env = "USER", hide_env_values = true, default_value = "unknown")]
    operator: String,
    #[command(subcommand)]
    noun: Noun,
}

#[derive(Clone, Debug, Subcommand)]
enum Noun {
    /// Departments and agencies.
    #[command(subcommand)]
    Organisation(organisation::Command),
    /// People who are on teams.
    #[command(subcommand)]
    Person(person::Command),
    /// The teams' spaces, which own everything else.
    #[command(subcommand)]
    Service(service::Command),
    /// Who is on a service's team.
    #[command(subcommand)]
    Member(member::Command),
    /// API keys.
    #[command(subcommand)]
    Key(key::Command),
    /// Templates of messages.
    #[command(subcommand)]
    Template(template::Command),
    /// How much a service may send.
    #[command(subcommand)]
    Limits(limits::Command),
    /// Recipients whom a trial service or a team key may write to.
    #[command(subcommand)]
    Safelist(safelist::Command),
    /// Addresses that emails can be replied to.
    #[command(subcommand)]
    ReplyTo(reply_to::Command),
    /// Numbers and names that texts come from.
    #[command(subcommand)]
    SmsSender(sms_sender::Command),
    /// Where a service is told of receipts and received texts.
    #[command(subcommand)]
    Callback(callback::Command),
}

/// What the commands work on.
#[derive(Clone, Debug)]
pub struct Context {
    /// The database, its tables up to date.
    pub db: Db,
    /// What seals secrets.
    pub vault: Arc<Vault>,
    /// The time.
    pub clock: Clock,
}

/// One command being done: what it works on, and who does it when.
struct Act<'a> {
    context: &'a Context,
    stamp: Stamp,
}

impl Act<'_> {
    fn read(&self) -> &DatabaseConnection {
        self.context.db.read()
    }

    async fn begin(&self) -> Result<Transaction> {
        Ok(self.context.db.begin().await?)
    }
}

/// Does what is asked and prints the answer.
///
/// # Errors
/// A sentence that says what is wrong and what to do about it.
pub async fn run(arguments: Arguments, context: &Context) -> Result<()> {
    let json = arguments.json;
    let answer = perform(arguments, context).await?;
    if json {
        println!("{:#}", answer.json);
    } else {
        println!("{}", answer.words);
    }
    Ok(())
}

/// Does what is asked and gives the answer.
///
/// # Errors
/// A sentence that says what is wrong and what to do about it.
pub async fn perform(arguments: Arguments, context: &Context) -> Result<Answer> {
    let actor = Actor::Operator(arguments.operator);
    let act = Act { context, stamp: Stamp { actor, at: context.clock.now() } };
    match arguments.noun {
        Noun::Organisation(command) => organisation::perform(command, &act).await,
        Noun::Person(command) => person::perform(command, &act).await,
        Noun::Service(command) => service::perform(command, &act).await,
        Noun::Member(command) => member::perform(command, &act).await,
        Noun::Key(command) => key::perform(command, &act).await,
        Noun::Template(command) => template::perform(command, &act).await,
        Noun::Limits(command) => limits::perform(command, &act).await,
        Noun::Safelist(command) => safelist::perform(command, &act).await,
        Noun::ReplyTo(command) => reply_to::perform(command, &act).await,
        Noun::SmsSender(command) => sms_sender::perform(command, &act).await,
        Noun::Callback(command) => callback::perform(command, &act).await,
    }
}
