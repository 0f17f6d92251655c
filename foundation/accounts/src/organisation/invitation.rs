//! An invitation to an organisation: a link in an e-mail that works for two days, as those to teams do.

use audit::Stamp;
use kernel::{Id, Time, Vault};
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};
use serde_json::json;

use super::member;
use crate::{
    OrganisationId, PersonId, SessionError,
    invitation::{LASTS, State},
    organisation, person, token, trail,
};

/// The identifier of an invitation to an organisation.
pub type OrganisationInvitationId = Id<Model>;

/// One invitation of one address to one organisation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_invitation")]
pub struct Model {
    /// Its identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id<Model>,
    /// The organisation.
    pub organisation_id: Id<organisation::Model>,
    /// Who is invited, in lower case.
    #[sea_orm(column_type = "Text")]
    pub email_address: String,
    /// Who invited them.
    pub invited_by: Id<person::Model>,
    /// The hash of the secret in the link.
    pub token_hash: Vec<u8>,
    /// When it was sent.
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

/// Invites an address; gives the secret for the link. An older invitation of the same address is cancelled, so that
/// inviting again is sending again.
pub async fn invite(
    tx: &db::Transaction,
    vault: &Vault,
    stamp: &Stamp,
    organisation: OrganisationId,
    (address, by): (&str, PersonId),
) -> Result<String, SessionError> {
    let address = address.to_lowercase();
    for open in open(tx, organisation).await?.iter().filter(|open| open.email_address == address) {
        cancel(tx, stamp, organisation, open.id).await?;
    }
    let (token, token_hash) = token::new(vault)?;
    let id = OrganisationInvitationId::new(stamp.at);
    let row = ActiveModel {
        id: Set(id),
        organisation_id: Set(organisation),
        email_address: Set(address),
        invited_by: Set(by),
        token_hash: Set(token_hash),
        sent_at: Set(stamp.at),
        accepted_at: Set(None),
        cancelled_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(tx).await.map_err(db::Error::from)?;
    let deed = ("organisation.invite", organisation.uuid());
    trail::leave(tx, stamp, None, deed, json!({"invitation": id})).await?;
    Ok(token)
}

/// Cancels an invitation; one that is accepted or cancelled already stays, and the answer is false.
pub async fn cancel(
    tx: &db::Transaction,
    stamp: &Stamp,
    organisation: OrganisationId,
    id: OrganisationInvitationId,
) -> db::Result<bool> {
    let done = Entity::update_many()
        .col_expr(Column::CancelledAt, Expr::value(stamp.at))
        .filter(Column::Id.eq(id))
        .filter(Column::OrganisationId.eq(organisation))
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::CancelledAt.is_null())
        .exec(tx)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    let deed = ("organisation.cancel-invitation", organisation.uuid());
    trail::leave(tx, stamp, None, deed, json!({"invitation": id})).await?;
    Ok(true)
}

/// Makes `person` a member; whether the invitation was still open.
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
    member::add(tx, stamp, invitation.organisation_id, person).await?;
    Ok(true)
}

/// The invitation with this secret, whatever its state.
pub async fn by_token(db: &impl ConnectionTrait, token: &str) -> db::Result<Option<Model>> {
    Ok(Entity::find().filter(Column::TokenHash.eq(token::hash(token))).one(db).await?)
}

/// An organisation's invitations that nobody has accepted or cancelled, expired ones too, oldest first.
pub async fn open(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> db::Result<Vec<Model>> {
    let rows = Entity::find()
        .filter(Column::OrganisationId.eq(organisation))
        .filter(Column::AcceptedAt.is_null())
        .filter(Column::CancelledAt.is_null())
        .order_by_asc(Column::Id)
        .all(db)
        .await?;
    Ok(rows)
}
