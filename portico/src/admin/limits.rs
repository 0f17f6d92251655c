//! `portico admin limits`.

use anyhow::{Context as _, Result, ensure};
use clap::{Args, Subcommand};
use notify_store::setting::{self, Change, Limits, Model};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Act, Answer,
    answer::{Outcome, Shown},
    find,
};

#[derive(Clone, Debug, Subcommand)]
pub(super) enum Command {
    /// Set the limits that are given, and only those.
    Set(Set),
    /// Show a service's limits.
    Show {
        /// The service, by name or id.
        #[arg(long)]
        service: String,
    },
}

#[derive(Clone, Debug, Args)]
pub(super) struct Set {
    /// The service, by name or id.
    #[arg(long)]
    service: String,
    /// Requests a minute for each kind of key.
    #[arg(long, value_name = "NUMBER")]
    rate: Option<i32>,
    /// Emails a day, counted from midnight UTC.
    #[arg(long, value_name = "NUMBER")]
    email_daily: Option<i64>,
    /// Text parts a day, counted from midnight UTC.
    #[arg(long, value_name = "NUMBER")]
    sms_daily: Option<i64>,
    /// Emails a fiscal year, which begins on 1 April.
    #[arg(long, value_name = "NUMBER")]
    email_annual: Option<i64>,
    /// Text parts a fiscal year, which begins on 1 April.
    #[arg(long, value_name = "NUMBER")]
    sms_annual: Option<i64>,
}

struct Shares(Model);

impl Shown for Shares {
    const NOUN: (&'static str, &'static str) = ("limits", "limits");

    fn id(&self) -> Uuid {
        self.0.service_id.uuid()
    }

    fn json(&self) -> Value {
        let limits = self.0.limits();
        json!({
            "service_id": self.0.service_id,
            "rate": limits.rate,
            "email_daily": limits.email_daily,
            "sms_daily": limits.sms_daily,
            "email_annual": limits.email_annual,
            "sms_annual": limits.sms_annual,
        })
    }

    fn line(&self) -> String {
        let limits = self.0.limits();
        format!(
            "{} requests a minute; {} emails a day, {} a year; {} text parts a day, {} a year",
            limits.rate,
            limits.email_daily,
            limits.email_annual,
            limits.sms_daily,
            limits.sms_annual
        )
    }
}

pub(super) async fn perform(command: Command, act: &Act<'_>) -> Result<Answer> {
    match command {
        Command::Set(asked) => set(act, &asked).await,
        Command::Show { service } => {
            let service = find::any_service(act, &service).await?;
            let setting = setting::find(act.read(), service.id).await?;
            let setting = setting.with_context(|| without_settings(&service.name))?;
            Ok(Answer::show(&Shares(setting)))
        }
    }
}

async fn set(act: &Act<'_>, asked: &Set) -> Result<Answer> {
    let numbers = [asked.email_daily, asked.sms_daily, asked.email_annual, asked.sms_annual];
    let all = numbers.into_iter().chain([asked.rate.map(i64::from)]).flatten();
    ensure!(
        all.clone().count() > 0,
        "no limit is given: give one of --rate, --email-daily, --sms-daily, …"
    );
    ensure!(all.clone().all(|number| number >= 0), "a limit cannot be less than 0");
    let service = find::service(act, &asked.service).await?;
    let before = setting::find(act.read(), service.id).await?;
    let before = before.with_context(|| without_settings(&service.name))?;
    let now = before.limits();
    let wanted = Limits {
        rate: asked.rate.unwrap_or(now.rate),
        email_daily: asked.email_daily.unwrap_or(now.email_daily),
        sms_daily: asked.sms_daily.unwrap_or(now.sms_daily),
        email_annual: asked.email_annual.unwrap_or(now.email_annual),
        sms_annual: asked.sms_annual.unwrap_or(now.sms_annual),
    };
    let tx = act.begin().await?;
    let change = Change { limits: Some(wanted), ..Change::default() };
    let after = setting::change(&tx, &act.stamp, service.id, &change).await?;
    tx.commit().await?;
    Ok(Answer::done(Outcome::changed(wanted != now), &Shares(after)))
}

fn without_settings(name: &str) -> String {
    format!(
        "the service {name:?} has no settings: it was not made by `portico admin service create`"
    )
}
