//! Where the product's own letters are posted: a built-in service with a template for each, so that they travel the
//! same durable road as every message.

use std::{collections::HashMap, sync::Arc};

use accounts::{KeyKind, ServiceId, service};
use audit::{Actor, Stamp};
use db::{Db, Transaction};
use kernel::{
    Clock, Language, Letter, Post, Vault, Word,
    post::{Handed, PostError},
};
use notify::{Channel, Lane, letter::LETTERS};
use serde_json::Value;

use crate::{
    NotificationId, TemplateId, delivery,
    notification::{self, Content, NewMessage, Origin},
    setting,
    statistic::Tally,
    template,
};

/// The name of the built-in service, and the local part of its address.
pub const SERVICE: (&str, &str) = ("Portico", "portico");

/// The name that stands as the author of the letters.
const AUTHOR: &str = "portico";

/// Template and version of each letter, by its name and the language that comes first.
type Templates = HashMap<(&'static str, Language), (TemplateId, i32)>;

/// Posts letters.
#[derive(Clone, Debug)]
pub struct Office {
    vault: Arc<Vault>,
    clock: Clock,
    service: ServiceId,
    templates: Arc<Templates>,
}

impl Office {
    /// Opens the office: makes the built-in service and its templates, and brings changed letters up to date.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn open(db: &Db, vault: Arc<Vault>, clock: Clock) -> db::Result<Self> {
        let (service, templates) = match furnish(db, &clock).await {
            // Another process was first.
            Err(db::Error::Conflict(_)) => furnish(db, &clock).await?,
            furnished => furnished?,
        };
        Ok(Self { vault, clock, service, templates: Arc::new(templates) })
    }

    async fn post(&self, tx: &Transaction, letter: Letter) -> Result<(), PostError> {
        let unable = |cause: &dyn std::fmt::Display| PostError(format!("{}: {cause}", letter.name));
        let key = (letter.name, letter.language);
        let Some((template, version)) = self.templates.get(&key).copied() else {
            return Err(unable(&"there is no such letter"));
        };
        let now = self.clock.now();
        let id = NotificationId::new(now);
        let content = Content {
            to: letter.to.clone(),
            deliver_to: letter.to.clone(),
            values: letter
                .values
                .iter()
                .map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str())))
                .collect(),
            sanitised: Vec::new(),
            unsubscribe: None,
            callback: None,
        };
        let message = NewMessage {
            id,
            service: self.service,
            template: (template, version),
            channel: Channel::Email,
            origin: Origin { api_key_id: None, key_kind: KeyKind::Normal, created_by: None },
            content,
            reference: None,
            reply_to: None,
            parts: 1,
            batch: None,
            at: now,
            scheduled_for: None,
        };
        let row = message.row(&self.vault).map_err(|error| unable(&error))?;
        let mut tally = Tally::default();
        tally.accepted(&row);
        let waiting = delivery::Model {
            notification_id: id,
            service_id: self.service,
            channel: row.channel,
            lane: Word(Lane::Priority),
            due_at: now,
            attempt: 0,
            lease: None,
        };
        notification::insert(tx, vec![row]).await.map_err(|error| unable(&error))?;
        delivery::insert(tx, vec![waiting]).await.map_err(|error| unable(&error))?;
        tally.write(tx).await.map_err(|error| unable(&error))
    }
}

impl Post<Transaction> for Office {
    fn hand<'a>(&'a self, tx: &'a Transaction, letter: Letter) -> Handed<'a> {
        Box::pin(self.post(tx, letter))
    }
}

async fn furnish(db: &Db, clock: &Clock) -> db::Result<(ServiceId, Templates)> {
    let stamp = Stamp { actor: Actor::System, at: clock.now() };
    let tx = db.begin().await?;
    let service = match service::by_name(&tx, SERVICE.0).await? {
        Some(known) => known.id,
        None => found(&tx, &stamp).await?,
    };
    let mut templates = Templates::new();
    for letter in LETTERS {
        for first in [Language::English, Language::French] {
            let at = kept(&tx, &stamp, service, (letter, first)).await?;
            templates.insert((letter.name, first), at);
        }
    }
    tx.commit().await?;
    Ok((service, templates))
}

async fn found(tx: &Transaction, stamp: &Stamp) -> db::Result<ServiceId> {
    let made = service::create(tx, stamp, SERVICE.0, None).await?.id;
    service::go_live(tx, stamp, made).await?;
    setting::create(tx, stamp, made, SERVICE.1).await?;
    Ok(made)
}

/// The template of one letter, made or brought up to date.
async fn kept(
    tx: &Transaction,
    stamp: &Stamp,
    service: ServiceId,
    (letter, first): (&notify::letter::Letter, Language),
) -> db::Result<(TemplateId, i32)> {
    let name = format!("{} {}", letter.name, first.code());
    let (subject, body) = (letter.subject(first), letter.body(first));
    let head = match template::by_name(tx, service, &name).await?.into_iter().next() {
        Some(known) => {
            let change = template::Change {
                subject: Some(subject),
                body: Some(body),
                ..template::Change::default()
            };
            template::change(tx, stamp, (service, known.id), AUTHOR, &change).await?.head
        }
        None => {
            let wanted = template::NewTemplate {
                channel: Channel::Email,
                name,
                subject: Some(subject),
                body,
                category_id: None,
                folder_id: None,
                lane: Some(Lane::Priority),
                language: "both".to_owned(),
                right_to_left: false,
            };
            template::create(tx, stamp, service, AUTHOR, wanted).await?.head
        }
    };
    Ok((head.id, head.version))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]
    use std::collections::BTreeSet;

    use notify::template::Template;

    use super::*;

    #[test]
    fn every_letter_of_accounts_is_carried_with_exactly_its_values() {
        for (name, values) in accounts::letter::LETTERS {
            let letter = LETTERS.iter().find(|letter| letter.name == *name).unwrap();
            for first in [Language::English, Language::French] {
                let (subject, body) = (letter.subject(first), letter.body(first));
                let template = Template::email(&subject, &body);
                let taken: BTreeSet<&str> =
                    template.placeholders().into_iter().map(|(name, _)| name).collect();
                assert_eq!(taken, values.iter().copied().collect(), "{name}");
            }
        }
    }
}
