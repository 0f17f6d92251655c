//! `portico admin person`.

use accounts::person::{self, Details, Model};
use anyhow::Result;
use clap::{Args, Subcommand};
use kernel::{Id, Language};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Act, Answer,
    answer::{Outcome, Page, Shown},
    find,
};

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Add a person, or write anew what is known of the one with this address.
    Create(Create),
    /// Show one person.
    Show {
        /// Their email address.
        email: String,
    },
    /// Make somebody staff of the platform.
    Employ {
        /// Their email address.
        email: String,
    },
    /// Make somebody no longer staff.
    Dismiss {
        /// Their email address.
        email: String,
    },
    /// List people, newest first.
    List(Page),
}

#[derive(Clone, Debug, Args)]
pub(super) struct Create {
    /// Their email address.
    email: String,
    /// Their name.
    #[arg(long)]
    name: String,
    /// Their mobile number.
    #[arg(long)]
    mobile: Option<String>,
    /// The language they read: en or fr.
    #[arg(long, default_value = "en")]
    language: Language,
}

impl Shown for Model {
    const NOUN: (&'static str, &'static str) = ("person", "people");

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "email_address": self.email_address,
            "mobile_number": self.mobile_number,
            "language": self.language.code(),
            "staff": self.staff,
            "created_at": self.created_at,
        })
    }

    fn line(&self) -> String {
        let staff = if self.staff { ", staff" } else { "" };
        format!("{} {} ({}){staff}", self.name, self.email_address, self.id)
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Create(asked) => create(act, asked).await,
        Command::Show { email } => Ok(Answer::show(&find::person(act, &email).await?)),
        Command::Employ { email } => employ(act, &email, true).await,
        Command::Dismiss { email } => employ(act, &email, false).await,
        Command::List(page) => {
            let after = page.older_than.map(Id::from_uuid);
            let rows = person::page(act.read(), after, page.wanted()).await?;
            Ok(Answer::page(rows, &page))
        }
    }
}

async fn create(act: &Act<'_>, asked: Create) -> Result<Answer> {
    let mobile = asked.mobile.as_deref().map(find::phone_number).transpose()?;
    let details = Details {
        name: find::name(&asked.name, "a person")?.to_owned(),
        email_address: find::email_address(&asked.email)?.normalised(),
        mobile_number: mobile.map(|number| number.e164().to_owned()),
        language: asked.language,
    };
    let there = person::find_by_email(act.read(), &details.email_address).await?;
    let tx = act.begin().await?;
    let (outcome, person) = match there {
        None => (Outcome::Created, person::create(&tx, &act.stamp, &details).await?),
        Some(there) if is_known(&there, &details) => (Outcome::Unchanged, there),
        Some(there) => {
            (Outcome::Changed, person::change(&tx, &act.stamp, there.id, &details).await?)
        }
    };
    tx.commit().await?;
    Ok(Answer::done(outcome, &person))
}

async fn employ(act: &Act<'_>, email: &str, staff: bool) -> Result<Answer> {
    let person = find::person(act, email).await?;
    if person.staff == staff {
        return Ok(Answer::done(Outcome::Unchanged, &person));
    }
    let tx = act.begin().await?;
    let person = person::employ(&tx, &act.stamp, person.id, staff).await?;
    tx.commit().await?;
    Ok(Answer::done(Outcome::Changed, &person))
}

fn is_known(person: &Model, details: &Details) -> bool {
    person.name == details.name
        && person.mobile_number == details.mobile_number
        && person.language.0 == details.language
}
