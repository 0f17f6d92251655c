//! `portico admin member`.

use accounts::membership;
use anyhow::Result;
use clap::{Args, Subcommand};

use super::{
    Act, Answer,
    answer::{Outcome, Page},
    find,
};

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Put a person on a team.
    Add(Member),
    /// Take a person off a team.
    Remove(Member),
    /// List the people on a team, newest first.
    List {
        /// The service, by name or id.
        #[arg(long)]
        service: String,
        #[command(flatten)]
        page: Page,
    },
}

#[derive(Clone, Debug, Args)]
pub(super) struct Member {
    /// The service, by name or id.
    #[arg(long)]
    service: String,
    /// The person's email address.
    email: String,
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Add(member) => add(act, &member).await,
        Command::Remove(member) => remove(act, &member).await,
        Command::List { service, page } => {
            let service = find::any_service(act, &service).await?;
            Ok(page.of(membership::people(act.read(), service.id).await?))
        }
    }
}

async fn add(act: &Act<'_>, member: &Member) -> Result<Answer> {
    let service = find::service(act, &member.service).await?;
    let person = find::person(act, &member.email).await?;
    let tx = act.begin().await?;
    let is_new = membership::add(&tx, &act.stamp, service.id, person.id).await?;
    tx.commit().await?;
    let about = format!("{} is on the team of {:?}", person.email_address, service.name);
    Ok(Answer::bare(if is_new { Outcome::Created } else { Outcome::Unchanged }, &about))
}

async fn remove(act: &Act<'_>, member: &Member) -> Result<Answer> {
    let service = find::service(act, &member.service).await?;
    let person = find::person(act, &member.email).await?;
    let tx = act.begin().await?;
    let was_there = membership::remove(&tx, &act.stamp, service.id, person.id).await?;
    tx.commit().await?;
    let about = format!("{} is not on the team of {:?}", person.email_address, service.name);
    Ok(Answer::bare(if was_there { Outcome::Removed } else { Outcome::Unchanged }, &about))
}
