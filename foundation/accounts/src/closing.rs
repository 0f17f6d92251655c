//! Closing an account: what becomes of its owner's services, and what is destroyed (admin specification, section D).

use audit::Stamp;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, IntoActiveModel};
use serde_json::json;

use crate::{
    PersonId, credential, join_request, link,
    membership::{self, Rule},
    passkey, person, service, session, sign_in, sign_in_code, trail,
};

/// What becomes of a service when a member closes their account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes on without them.
    GoesOn,
    /// It is on trial and nobody else is on its team: it is put away for good.
    Ends,
    /// The account cannot be closed before somebody else can take the service over.
    Needs(Rule),
}

/// The services of a person, each with what becomes of it, by name.
pub async fn fates(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> db::Result<Vec<(service::Model, Fate)>> {
    let mut fates = Vec::new();
    for service in membership::services(db, person).await? {
        let alone = membership::count(db, service.id).await? < 2;
        let fate = if alone && service.trial {
            Fate::Ends
        } else {
            let rule = membership::broken(db, (service.id, !service.trial), person, None).await?;
            rule.map_or(Fate::GoesOn, Fate::Needs)
        };
        fates.push((service, fate));
    }
    Ok(fates)
}

/// Whether nobody else could run the platform.
pub async fn is_last_staff(db: &impl ConnectionTrait, person: &person::Model) -> db::Result<bool> {
    Ok(person.staff && person::staff(db).await?.iter().all(|other| other.id == person.id))
}

/// Closes an account: takes its owner off every team, puts away the services that only they had, and destroys how they
/// signed in and were reached. Their name stays beside what they did. Gives the services that go on, or nothing when one
/// still needs them: then the transaction must not be committed. Ask [`fates`] and [`is_last_staff`] before.
pub async fn close(
    tx: &db::Transaction,
    stamp: &Stamp,
    person: &person::Model,
) -> db::Result<Option<Vec<service::Model>>> {
    let id = person.id;
    let mut go_on = Vec::new();
    for (service, fate) in fates(tx, id).await? {
        match fate {
            Fate::Ends => {
                service::archive(tx, stamp, service.id).await?;
            }
            // Asked again with the service's row held, so that two who leave at once do not both go.
            _ if membership::breaks(tx, (service.id, id), None).await?.is_some() => {
                return Ok(None);
            }
            _ => go_on.push(service.clone()),
        }
        membership::remove(tx, stamp, service.id, id).await?;
    }
    credential::clear(tx, stamp, id).await?;
    sign_in_code::forget(tx, id).await?;
    passkey::forget(tx, id).await?;
    join_request::forget(tx, id).await?;
    link::forget(tx, id).await?;
    sign_in::forget(tx, id).await?;
    session::end_others(tx, id, None).await?;
    let mut row = person.clone().into_active_model();
    row.email_address = Set(format!("{id}@closed.invalid"));
    row.mobile_number = Set(None);
    row.blocked_at = Set(Some(stamp.at));
    row.staff = Set(false);
    row.wants_news = Set(false);
    row.update(tx).await?;
    trail::leave(tx, stamp, None, ("person.close", id.uuid()), json!({})).await?;
    Ok(Some(go_on))
}
