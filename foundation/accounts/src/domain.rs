//! Which e-mail addresses belong to a government: anyone who has one may register by themselves.

use audit::Stamp;
use kernel::Id;
use sea_orm::{ActiveValue::Set, ConnectionTrait, QueryOrder, entity::prelude::*};

use serde_json::json;

use crate::{OrganisationId, organisation, trail};

/// A domain that belongs to an organisation.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation_domain")]
pub struct Model {
    /// The domain in lower case; its subdomains belong to the organisation too.
    #[sea_orm(primary_key, auto_increment = false)]
    pub domain: String,
    /// Whose it is.
    pub organisation_id: Id<organisation::Model>,
}

/// It has none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Whether `address` is at one of `domains` or below it (admin specification, section B.1).
fn is_at(address: &str, domains: &[String]) -> bool {
    let Some((_, host)) = address.rsplit_once('@') else { return false };
    let host = host.to_lowercase();
    domains.iter().any(|domain| {
        host.strip_suffix(domain.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    })
}

/// Whether `address` is a government's: by the domains of the configuration, or by those of an organisation.
pub async fn is_government(
    db: &impl ConnectionTrait,
    configured: &[String],
    address: &str,
) -> db::Result<bool> {
    if is_at(address, configured) {
        return Ok(true);
    }
    Ok(organisation_of(db, address).await?.is_some())
}

/// The organisation that the address belongs to, by the longest of its domains.
pub async fn organisation_of(
    db: &impl ConnectionTrait,
    address: &str,
) -> db::Result<Option<OrganisationId>> {
    let Some((_, host)) = address.rsplit_once('@') else { return Ok(None) };
    let host = host.to_lowercase();
    let mut endings = vec![host.as_str()];
    let mut rest = host.as_str();
    while let Some((_, parent)) = rest.split_once('.') {
        endings.push(parent);
        rest = parent;
    }
    let rows = Entity::find().filter(Column::Domain.is_in(endings)).all(db).await?;
    let longest = rows.into_iter().max_by_key(|row| row.domain.len());
    Ok(longest.map(|row| row.organisation_id))
}

/// The domains of an organisation, in the order of the alphabet.
pub async fn list(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> db::Result<Vec<String>> {
    let own = Column::OrganisationId.eq(organisation);
    let mut rows: Vec<String> =
        Entity::find().filter(own).all(db).await?.into_iter().map(|row| row.domain).collect();
    rows.sort();
    Ok(rows)
}

/// Gives an organisation these domains instead of the ones it had; whether that changed anything.
///
/// # Errors
/// A domain of another organisation is the conflict `uq_organisation_domain_domain`.
pub async fn set(
    tx: &db::Transaction,
    stamp: &Stamp,
    organisation: OrganisationId,
    domains: &[String],
) -> db::Result<bool> {
    let before = list(tx, organisation).await?;
    let mut after = domains.to_vec();
    after.sort();
    after.dedup();
    if before == after {
        return Ok(false);
    }
    if taken(tx, organisation, &after).await?.is_some() {
        return Err(db::Error::Conflict("uq_organisation_domain_domain".to_owned()));
    }
    let own = Column::OrganisationId.eq(organisation);
    Entity::delete_many().filter(own).exec(tx).await?;
    for domain in &after {
        let row = ActiveModel { domain: Set(domain.clone()), organisation_id: Set(organisation) };
        Entity::insert(row).exec_without_returning(tx).await?;
    }
    let words = json!({"from": before, "to": after});
    trail::leave(tx, stamp, None, ("organisation.domains", organisation.uuid()), words).await?;
    Ok(true)
}

/// The first of these domains that belongs to another organisation than this, and to which.
pub async fn taken(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
    domains: &[String],
) -> db::Result<Option<(String, OrganisationId)>> {
    let row = Entity::find()
        .filter(Column::Domain.is_in(domains))
        .filter(Column::OrganisationId.ne(organisation))
        .order_by_asc(Column::Domain)
        .one(db)
        .await?;
    Ok(row.map(|row| (row.domain, row.organisation_id)))
}

/// A domain as it is kept: in lower case, without what people write around it, or none if it is not one.
pub fn read(typed: &str) -> Option<String> {
    let bare = typed.trim().trim_start_matches('@').trim_start_matches("*.").to_lowercase();
    let bare = bare.trim_end_matches('.');
    let labels: Vec<&str> = bare.split('.').collect();
    let is_label = |label: &&str| {
        let ends = label.starts_with('-') || label.ends_with('-');
        let signs = label.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '-');
        (1..=63).contains(&label.len()) && signs && !ends
    };
    let fits = labels.len() > 1 && bare.len() <= 253 && labels.iter().all(is_label);
    fits.then(|| bare.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_read_as_people_write_it() {
        assert_eq!(read(" @Tax.GC.ca "), Some("tax.gc.ca".to_owned()));
        assert_eq!(read("*.ville.quebec."), Some("ville.quebec".to_owned()));
        for typed in ["", "gc", "a b.ca", "-x.ca", "https://gc.ca", "x..ca", "noor@gc.ca"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_subdomain_counts_and_a_look_alike_does_not() {
        let domains = ["gc.ca".to_owned(), "canada.ca".to_owned()];
        assert!(is_at("noor@canada.ca", &domains));
        assert!(is_at("Noor@Tax.GC.ca", &domains));
        assert!(!is_at("noor@notgc.ca", &domains));
        assert!(!is_at("noor@gc.ca.example", &domains));
        assert!(!is_at("gc.ca", &domains));
    }
}
