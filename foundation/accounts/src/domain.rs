//! Which e-mail addresses belong to a government: anyone who has one may register by themselves.

use kernel::Id;
use sea_orm::{ActiveValue::Set, ConnectionTrait, entity::prelude::*};

use crate::{OrganisationId, organisation};

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

/// Gives an organisation these domains instead of the ones it had.
///
/// # Errors
/// A domain of another organisation is the conflict `uq_organisation_domain_domain`.
pub async fn set(
    tx: &db::Transaction,
    organisation: OrganisationId,
    domains: &[String],
) -> db::Result<()> {
    let own = Column::OrganisationId.eq(organisation);
    Entity::delete_many().filter(own).exec(tx).await?;
    for domain in domains {
        let taken = Entity::find_by_id(domain.clone()).one(tx).await?.is_some();
        if taken {
            return Err(db::Error::Conflict("uq_organisation_domain_domain".to_owned()));
        }
        let row = ActiveModel { domain: Set(domain.clone()), organisation_id: Set(organisation) };
        Entity::insert(row).exec_without_returning(tx).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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
