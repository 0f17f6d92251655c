//! A bulk send: one template to many rows (`job` on the wire).

use accounts::{ApiKeyId, KeyKind, ServiceId};
use kernel::{Time, Word};
use notify::{Channel, batch::State};
use sea_orm::entity::prelude::*;

use crate::{BatchId, TemplateId};

/// A bulk send: one template to many rows (`job` on the wire).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batch")]
pub struct Model {
    /// The batch.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BatchId,
    /// Whose it is.
    pub service_id: ServiceId,
    /// What its messages are made from.
    pub template_id: TemplateId,
    /// In which version.
    pub template_version: i32,
    /// E-mail or text.
    pub channel: Word<Channel>,
    /// The key that made it.
    pub api_key_id: Option<ApiKeyId>,
    /// The kind of that key.
    pub key_kind: Word<KeyKind>,
    /// The name shown for it.
    pub name: String,
    /// The caller's own reference.
    pub reference: Option<String>,
    /// How far it has come.
    pub status: Word<State>,
    /// Rows with a recipient.
    pub row_count: i32,
    /// Messages or parts that it was charged for.
    pub units: i64,
    /// The day whose limit it was charged to.
    pub charged_on: String,
    /// The reply address or sender that was asked for.
    pub sender_id: Option<Uuid>,
    /// That address or sender itself.
    pub reply_to: Option<String>,
    /// Its rows as CSV text, sealed for this row's id.
    pub content_sealed: Vec<u8>,
    /// When it may start.
    pub scheduled_for: Option<Time>,
    /// When it was accepted.
    pub created_at: Time,
    /// When its rows began to be made into messages.
    pub started_at: Option<Time>,
    /// When the last row had been.
    pub finished_at: Option<Time>,
    /// The last change.
    pub updated_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
