//! What staff do to a person, each with the word that addresses and forms use.

use std::{fmt, str::FromStr};

use audit::Stamp;
use sea_orm::{ActiveValue::Set, IntoActiveModel, entity::prelude::*};
use serde_json::json;

use super::{Model, PersonId, find};
use crate::{
    credential, link, membership, organisation::member, passkey, session, sign_in, sign_in_code,
    trail,
};

/// What staff do to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// They are kept out, and signed out everywhere.
    Block,
    /// They are let in again.
    Unblock,
    /// They get a link to choose a new password.
    SendPassword,
    /// They are signed out everywhere.
    EndSessions,
    /// Their account is gone for good, and they leave all teams.
    Archive,
}

/// A word that is no deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is nothing that is done to a person")]
pub struct UnknownDeed;

impl Deed {
    /// All of them, in the order in which pages list them.
    pub const ALL: [Self; 5] =
        [Self::SendPassword, Self::EndSessions, Self::Block, Self::Unblock, Self::Archive];

    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Unblock => "unblock",
            Self::SendPassword => "send-password",
            Self::EndSessions => "end-sessions",
            Self::Archive => "archive",
        }
    }

    /// Whether it makes sense for `person`.
    pub const fn applies(self, person: &Model) -> bool {
        if person.archived_at.is_some() {
            return false;
        }
        match self {
            Self::Block => person.blocked_at.is_none(),
            Self::Unblock => person.blocked_at.is_some(),
            Self::SendPassword => person.blocked_at.is_none() && person.confirmed_at.is_some(),
            Self::EndSessions | Self::Archive => true,
        }
    }
}

impl fmt::Display for Deed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Deed {
    type Err = UnknownDeed;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|deed| deed.as_str() == word).ok_or(UnknownDeed)
    }
}

/// Does it, for a reason that the record keeps; an empty one is none. Who is blocked or archived is signed out
/// everywhere. The link for a new password is sent by the caller, which has the letters.
pub async fn perform(
    tx: &db::Transaction,
    stamp: &Stamp,
    id: PersonId,
    (deed, reason): (Deed, &str),
) -> db::Result<()> {
    let before = find(tx, id).await?.ok_or(db::Error::Missing)?;
    let mut row = before.clone().into_active_model();
    match deed {
        Deed::Block => row.blocked_at = Set(Some(stamp.at)),
        Deed::Unblock => row.blocked_at = Set(None),
        Deed::SendPassword | Deed::EndSessions => {}
        Deed::Archive => {
            // The address is free again; whoever registers with it is a new person.
            let day = stamp.at.format("%Y-%m-%d_%H:%M:%S");
            row.email_address = Set(format!("_archived_{day}_{}", before.email_address));
            row.blocked_at = Set(before.blocked_at.or(Some(stamp.at)));
            row.archived_at = Set(Some(stamp.at));
            row.mobile_number = Set(None);
            row.staff = Set(false);
        }
    }
    if matches!(deed, Deed::Block | Deed::Unblock | Deed::Archive) {
        row.update(tx).await?;
    }
    if deed == Deed::Archive {
        leave_all(tx, stamp, id).await?;
    }
    if matches!(deed, Deed::Block | Deed::EndSessions | Deed::Archive) {
        session::end_all(tx, id).await?;
    }
    let details = if reason.is_empty() { json!({}) } else { json!({"reason": reason}) };
    trail::leave(tx, stamp, None, (&format!("person.{deed}"), id.uuid()), details).await
}

/// Takes a person off all teams and out of all organisations, and forgets how they sign in.
async fn leave_all(tx: &db::Transaction, stamp: &Stamp, id: PersonId) -> db::Result<()> {
    for service in membership::services(tx, id).await? {
        membership::remove(tx, stamp, service.id, id).await?;
    }
    for organisation in member::organisations(tx, id).await? {
        member::remove(tx, stamp, organisation.id, id).await?;
    }
    // As when somebody closes their own account: nothing that proves who they are is kept.
    credential::clear(tx, stamp, id).await?;
    sign_in_code::forget(tx, id).await?;
    passkey::forget(tx, id).await?;
    link::forget(tx, id).await?;
    sign_in::forget(tx, id).await
}
