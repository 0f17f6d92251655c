//! The development mailbox: messages are kept for a page of the product itself, and nothing leaves the machine.

use db::Db;
use kernel::{Clock, Id, Word};
use notify::{Channel, sms};
use notify_store::mailbox_message::{ActiveModel, Model};
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{EmailRoute, Outcome, OutgoingEmail, OutgoingText, Refusal, Sending, TextRoute};
use crate::mime;

/// Keeps messages instead of sending them.
#[derive(Clone, Debug)]
pub struct Mailbox {
    db: Db,
    clock: Clock,
}

impl Mailbox {
    /// A mailbox in this database.
    pub const fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }

    /// Keeps an e-mail as it would have been sent, so that what could not be sent cannot be kept.
    async fn keep_email(&self, email: &OutgoingEmail) -> Outcome {
        let now = self.clock.now();
        let written = match mime::write(email, now) {
            Ok(written) => written,
            Err(why) => return Outcome::refused(Refusal::Technical, why.to_string()),
        };
        let text = String::from_utf8_lossy(&written.bytes);
        let headers = text.split("\r\n\r\n").next().unwrap_or_default();
        self.keep(Model {
            id: Id::new(now),
            notification_id: Id::from_uuid(email.id),
            channel: Word(Channel::Email),
            sender: format!("{} <{}>", email.from_name, email.from_address),
            recipient: email.to.clone(),
            subject: Some(email.subject.clone()),
            headers: Some(headers.to_owned()),
            html: Some(email.html.clone()),
            plain: email.plain.clone(),
            encoding: None,
            parts: 0,
            received_at: now,
        })
        .await
    }

    async fn keep_text(&self, text: &OutgoingText) -> Outcome {
        let now = self.clock.now();
        let length = sms::count(&text.body);
        self.keep(Model {
            id: Id::new(now),
            notification_id: Id::from_uuid(text.id),
            channel: Word(Channel::Sms),
            sender: text.from.clone().unwrap_or_default(),
            recipient: text.to.clone(),
            subject: None,
            headers: None,
            html: None,
            plain: text.body.clone(),
            encoding: Some(length.encoding.to_string()),
            parts: i32::try_from(length.parts()).unwrap_or(i32::MAX),
            received_at: now,
        })
        .await
    }

    async fn keep(&self, message: Model) -> Outcome {
        let reference = Some(message.id.to_string());
        let row: ActiveModel = message.into_active_model();
        match self.insert(row).await {
            Ok(()) => Outcome::Accepted { reference },
            Err(error) => Outcome::later(error.to_string()),
        }
    }

    async fn insert(&self, row: ActiveModel) -> db::Result<()> {
        let tx = self.db.begin().await?;
        row.insert(&tx).await?;
        Ok(tx.commit().await?)
    }
}

impl EmailRoute for Mailbox {
    fn name(&self) -> &str {
        "mailbox"
    }

    fn gives_receipts(&self) -> bool {
        false
    }

    fn delivers_itself(&self) -> bool {
        true
    }

    fn send<'a>(&'a self, email: &'a OutgoingEmail) -> Sending<'a> {
        Box::pin(self.keep_email(email))
    }
}

impl TextRoute for Mailbox {
    fn name(&self) -> &str {
        "mailbox"
    }

    fn gives_receipts(&self) -> bool {
        false
    }

    fn delivers_itself(&self) -> bool {
        true
    }

    fn send<'a>(&'a self, text: &'a OutgoingText) -> Sending<'a> {
        Box::pin(self.keep_text(text))
    }
}
