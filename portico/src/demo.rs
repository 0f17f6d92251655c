//! The demonstration service that a newcomer starts with.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
};

use accounts::{Capabilities, Capability, KeyKind, ServiceId, api_key, service};
use anyhow::{Context, Result};
use audit::{Actor, Stamp};
use db::Transaction;
use notify::Channel;
use notify_store::{setting, template};

use crate::{Config, parts::Parts};

/// The name of the demonstration service.
pub const SERVICE: &str = "Demonstration";

/// The author of the demonstration templates.
const AUTHOR: &str = "demonstration@notification.example.ca";

/// Makes the demonstration service with its templates and its key, unless they are there, and gives
/// the greeting to print. The key is kept in a file that only its owner can read, because the
/// database cannot show it again.
pub async fn seed(config: &Config, parts: &Parts) -> Result<String> {
    let stamp = Stamp { actor: Actor::Operator("demo".to_owned()), at: parts.clock.now() };
    let tx = parts.db.begin().await?;
    let service = match service::by_name(&tx, SERVICE).await? {
        Some(known) => known.id,
        None => make(&tx, &stamp).await?,
    };
    let key = match kept_key(config)? {
        Some(known) => known,
        None => new_key(config, parts, &tx, &stamp, service).await?,
    };
    let template = template::by_name(&tx, service, "Application received – Demande reçue")
        .await?
        .into_iter()
        .next()
        .context("a demonstration template was renamed: remove the folder var to begin anew")?;
    tx.commit().await?;
    Ok(greeting(&config.server.public_url, &key, &template.id.to_string()))
}

async fn make(tx: &Transaction, stamp: &Stamp) -> Result<ServiceId> {
    let made = service::create(tx, stamp, SERVICE, None).await?.id;
    service::go_live(tx, stamp, made).await?;
    setting::create(tx, stamp, made, "demonstration").await?;
    let live =
        setting::Change { limits: Some(setting::Limits::LIVE), ..setting::Change::default() };
    setting::change(tx, stamp, made, &live).await?;
    for sample in samples() {
        template::create(tx, stamp, made, AUTHOR, sample).await?;
    }
    Ok(made)
}

async fn new_key(
    config: &Config,
    parts: &Parts,
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
) -> Result<String> {
    let old = api_key::by_name(tx, service, "demonstration").await?;
    if let Some(lost) = old {
        api_key::revoke(tx, stamp, service, lost.id).await?;
    }
    let wanted = api_key::NewKey {
        name: "demonstration".to_owned(),
        kind: KeyKind::Normal,
        capabilities: Capabilities::from_iter([Capability::ManageTemplates]),
    };
    let issued = api_key::issue(tx, &parts.vault, stamp, service, &wanted).await?;
    let path = key_file(config);
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&path)
        .with_context(|| format!("cannot write {}", path.display()))?;
    writeln!(file, "{}", issued.full.expose())?;
    Ok(issued.full.expose().to_owned())
}

fn kept_key(config: &Config) -> Result<Option<String>> {
    let path = key_file(config);
    if !path.exists() {
        return Ok(None);
    }
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Some(text.trim().to_owned()))
}

fn key_file(config: &Config) -> PathBuf {
    config.keys.folder.join("demonstration-api-key")
}

fn samples() -> [template::NewTemplate; 4] {
    [
        email("Application received – Demande reçue", include_str!("demo/application.md")),
        email("Appointment reminder – Rappel de rendez-vous", include_str!("demo/appointment.md")),
        text(
            "Sign-in code – Code de connexion",
            "((code)) is your sign-in code. Do not share it.\n((code)) est votre code de connexion. Ne le communiquez à personne.",
        ),
        text(
            "Office closed – Bureau fermé",
            "The ((office)) office is closed on ((date)).\nLe bureau de ((office)) est fermé le ((date)).",
        ),
    ]
}

/// The subject of a sample stands in its first line.
fn email(name: &str, sample: &str) -> template::NewTemplate {
    let (subject, body) = sample.split_once("\n\n").unwrap_or((name, sample));
    sampled(Channel::Email, name, Some(subject.to_owned()), body)
}

fn text(name: &str, body: &str) -> template::NewTemplate {
    sampled(Channel::Sms, name, None, body)
}

fn sampled(
    channel: Channel,
    name: &str,
    subject: Option<String>,
    body: &str,
) -> template::NewTemplate {
    template::NewTemplate {
        channel,
        name: name.to_owned(),
        subject,
        body: body.trim_end().to_owned(),
        category_id: None,
        folder_id: None,
        lane: None,
        language: "both".to_owned(),
        right_to_left: false,
    }
}

fn greeting(address: &str, key: &str, template: &str) -> String {
    let json = format!(
        r#"{{"email_address": "you@example.gc.ca", "template_id": "{template}", "personalisation": {{"name": "Noor", "reference": "A-1", "days": 5}}}}"#
    );
    format!(
        r#"
Portico is ready.

  Address        {address}
  API key        {key}
  Mailbox        {address}/dev/mailbox     what you send appears here
  Documentation  {address}/documentation

Send a first message, with curl:

  curl -X POST {address}/v2/notifications/email \
    -H 'Authorization: ApiKey-v1 {key}' \
    -H 'Content-Type: application/json' \
    -d '{json}'

with Python (pip install notifications-python-client):

  from notifications_python_client.notifications import NotificationsAPIClient
  client = NotificationsAPIClient("{key}", base_url="{address}")
  client.send_email_notification("you@example.gc.ca", "{template}",
      personalisation={{"name": "Noor", "reference": "A-1", "days": 5}})

or with Node (npm install notifications-node-client):

  const {{ NotifyClient }} = require("notifications-node-client");
  const client = new NotifyClient("{address}", "{key}");
  client.sendEmail("{template}", "you@example.gc.ca",
    {{ personalisation: {{ name: "Noor", reference: "A-1", days: 5 }} }});

Ctrl-C stops it.
"#
    )
}
