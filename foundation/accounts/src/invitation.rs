//! An invitation to a team: a link in an e-mail that works for two days.

use audit::Stamp;
use chrono::TimeDelta;
use kernel::{Id, Time, Vault, Word};
use sea_orm::{ActiveValue::Set, ConnectionTrait, IntoActiveModel, QueryOrder, entity::prelude::*};
use serde_json::json;

use crate::{
    Permissions, PersonId, ServiceId, SessionError, membership, person, service, token, trail,
};

/// How long an invitation works (admin specification, section A.1).
pub const LASTS: TimeDelta = TimeDelta::days(2);

/// The identifier of an invitation.
pub type InvitationId = Id<Model>;

/// One invitation of one address to one team.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// The team.
    pub service_id: Id<service::Model>,
    /// Who is invited, in lower case.
    #[sea_orm(column_type = "Text")]
    pub email_address: String,
    /// What they will be allowed to do.
    pub permissions: Word<Permissions>,
    /// Who invited them.
    pub invited_by: Id<person::Model>,
    /// The hash of the secret in the link.
    pub token_hash: Vec<u8>,
    /// When it was sent last.
    pub sent_at: Time,
    /// When it was accepted.
    pub accepted_at: Option<Time>,
    /// When it was cancelled.
    pub cancelled_at: Option<Time>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Where an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be accepted.
    Open,
    /// Two days have passed.
    Expired,
    /// It was accepted.
    Accepted,
    /// It was cancelled.
    Cancelled,
}

impl Model {
    /// Where it stands at `now`.
    pub fn state(&self, now: Time) -> State {
        match (self.accepted_at, self.cancelled_at) {
            (Some(_), _) => State::Accepted,
            (None, Some(_)) => State::Cancelled,
            _ if now - self.sent_at > LASTS => State::Expired,
            _ => State::Open,
        }
    }
}

/// Invites an address; gives the secret for the link. An older invitation of the same address is cancelled.
pub async fn invite(
    tx: &db::Transaction,
    vault: &Vault,
    stamp: &Stamp,
    service: ServiceId,
    (address, permissions, by): (&str, Permissions, PersonId),
) -> Result<String, SessionError> {
    for open in open(tx, service).await? {
        if open.email_address == address.to_lowercase() {
            cancel(tx, stamp, service, open.id).await?;
        }
    }
    let (token, token_hash) = token::new(vault)?;
    let id = InvitationId::new(stamp.at);
    let words = json!({"permissions": permissions.to_string()});
    let row = ActiveModel {
        id: Set(id),
        service_id: Set(service),
        email_address: Set(address.to_lowercase()),
        permissions: Set(Word(permissions)),
        invited_by: Set(by),
        token_hash: Set(token_hash),
        sent_at: Set(stamp.at),
        accepted_at: Set(None),
        cancelled_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await.map_err(db::Error::from)?;
    let deed = ("invitation.send", id.uuid());
    trail::leave(tx, stamp, Some(service.uuid()), deed, words).await?;
    Ok(token)
}

/// Makes a new link for an invitation that is not accepted, and gives its secret: the old link stops working.
pub async fn resend(
    tx: &db::Transaction,
    vault: &Vault,
    stamp: &Stamp,
    invitation: Model,
) -> Result<String, SessionError> {
    let (token, token_hash) = token::new(vault)?;
    let (service, id) = (invitation.service_id, invitation.id);
    let mut row = invitation.into_active_model();
    row.token_hash = Set(token_hash);
    row.sent_at = Set(stamp.at);
    row.update(tx).await.map_err(db::Error::from)?;
    let deed = ("invitation.resend", id.uuid());
    trail::leave(tx, stamp, Some(service.uuid()), deed, json!({})).await?;
    Ok(token)
}

/// Cancels an invitation; one that is accepted or cancelled already stays, and the answer is false.
pub async fn cancel(
    tx: &db::Transaction,
    stamp: &Stamp,
    service: ServiceId,
    id: InvitationId,
) -> db::Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::CancelledAt, Expr::value(stamp.at))
        .filter(Column::Id.eq(id))
        .filter(Column::ServiceId.eq(service))
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::CancelledAt.is_null())
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    let deed = ("invitation.cancel", id.uuid());
    trail::leave(tx, stamp, Some(service.uuid()), deed, json!({})).await?;
    Ok(true)
}

/// Puts `person` on the team with the invitation's permissions; whether it was still open.
pub async fn accept(
    tx: &db::Transaction,
    stamp: &Stamp,
    invitation: &Model,
    person: PersonId,
) -> db::Result<bool> {
    if invitation.state(stamp.at) != State::Open {
        return Ok(false);
    }
    let taken = Entity::update_many()
        .col_expr(Column::AcceptedAt, Expr::value(stamp.at))
        .filter(Column::Id.eq(invitation.id))
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::CancelledAt.is_null())
        .exec(tx)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(false);
    }
    if membership::add(tx, stamp, invitation.service_id, person).await? {
        let permissions = invitation.permissions.0.clone();
        membership::permit(tx, stamp, (invitation.service_id, person), permissions).await?;
    }
    Ok(true)
}

/// The invitation with this secret, whatever its state.
pub async fn by_token(db: &impl ConnectionTrait, token: &str) -> db::Result<Option<Model>> {
    Ok(Entity::find().filter(Column::TokenHash.eq(token::hash(token))).one(db).await?)
}

/// A service's invitation.
pub async fn find(
    db: &impl ConnectionTrait,
    service: ServiceId,
    id: InvitationId,
) -> db::Result<Option<Model>> {
    Ok(Entity::find_by_id(id).filter(Column::ServiceId.eq(service)).one(db).await?)
}

/// A service's invitations that nobody has accepted or cancelled, expired ones too, oldest first.
pub async fn open(db: &impl ConnectionTrait, service: ServiceId) -> db::Result<Vec<Model>> {
    let rows = Entity::find()
        .filter(Column::ServiceId.eq(service))
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::CancelledAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    Ok(rows)
}
