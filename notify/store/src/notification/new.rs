//! How a message that is about to be accepted becomes its row, whoever sends it and by whatever door.

use accounts::{ApiKeyId, KeyKind, PersonId, ServiceId};
use kernel::{Time, Vault, Word, vault::VaultError};
use notify::{Channel, Status};

use super::{Content, Model};
use crate::{BatchId, NotificationId, TemplateId};

/// Who sends a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The key, if a program does.
    pub api_key_id: Option<ApiKeyId>,
    /// The kind of key; a person sends as a `normal` one does.
    pub key_kind: KeyKind,
    /// The person, if one does.
    pub created_by: Option<PersonId>,
}

impl Origin {
    /// A program with a key.
    #[must_use]
    pub const fn key(id: ApiKeyId, kind: KeyKind) -> Self {
        Self { api_key_id: Some(id), key_kind: kind, created_by: None }
    }

    /// Somebody at a page.
    #[must_use]
    pub const fn person(id: PersonId) -> Self {
        Self { api_key_id: None, key_kind: KeyKind::Normal, created_by: Some(id) }
    }
}

/// A message that is about to be accepted.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Its id, made at [`Self::at`].
    pub id: NotificationId,
    /// Whose it is.
    pub service: ServiceId,
    /// What it is made from, and in which version.
    pub template: (TemplateId, i32),
    /// E-mail or text.
    pub channel: Channel,
    /// Who sends it.
    pub origin: Origin,
    /// What is personal in it.
    pub content: Content,
    /// The sender's own reference.
    pub reference: Option<String>,
    /// The reply address or the sender of a text.
    pub reply_to: Option<String>,
    /// Parts that count against limits: 1 for an e-mail.
    pub parts: usize,
    /// The batch it belongs to, and its row there.
    pub batch: Option<(BatchId, i32)>,
    /// Now.
    pub at: Time,
    /// When it may leave; none is at once.
    pub scheduled_for: Option<Time>,
}

impl NewMessage {
    /// Its row, with what is personal sealed.
    ///
    /// # Errors
    /// When the vault has no key or the machine no random bytes.
    pub fn row(self, vault: &Vault) -> Result<Model, VaultError> {
        let (batch_id, row_number) = self.batch.unzip();
        Ok(Model {
            id: self.id,
            service_id: self.service,
            template_id: self.template.0,
            template_version: self.template.1,
            api_key_id: self.origin.api_key_id,
            created_by: self.origin.created_by,
            key_kind: Word(self.origin.key_kind),
            channel: Word(self.channel),
            status: Word(Status::Created),
            reference: self.reference,
            sealed: self.content.seal(vault, self.id)?,
            recipient_hash: Some(recipient_hash(vault, self.service, &self.content.deliver_to)),
            reply_to: self.reply_to,
            parts: i32::try_from(self.parts).unwrap_or(i32::MAX),
            batch_id,
            row_number,
            created_at: self.at,
            scheduled_for: self.scheduled_for,
            sent_at: None,
            completed_at: None,
            updated_at: None,
            provider: None,
            provider_reference: None,
            provider_response: None,
        })
    }
}

/// The keyed hash by which a service's messages to one recipient are found; `key` is the recipient's
/// [`notify::Recipient::key`]. Two services' hashes of one recipient differ, so that nobody who reads the
/// table can tell whom they share. It is short because a hit is opened and compared anyway.
#[must_use]
pub fn recipient_hash(vault: &Vault, service: ServiceId, key: &str) -> i64 {
    let mut named = service.uuid().as_bytes().to_vec();
    named.extend_from_slice(key.as_bytes());
    let print = vault.fingerprint(&named);
    print.first_chunk().map_or(0, |bytes| i64::from_be_bytes(*bytes))
}
