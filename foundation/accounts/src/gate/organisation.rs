//! Somebody who may see an organisation: a member of it, or staff.

use axum::extract::{FromRef, FromRequestParts, RawPathParams};
use http::request::Parts;
use web::PageError;

use super::{Accounts, SignedIn};
use crate::{
    OrganisationId,
    organisation::{self, member},
};

/// A member of the organisation in the path's `{organisation}`, or staff. To everybody else it is not there.
#[derive(Clone, Debug)]
pub struct OfOrganisation {
    /// Who.
    pub who: SignedIn,
    /// The organisation.
    pub organisation: organisation::Model,
}

impl OfOrganisation {
    /// The organisation's identifier.
    pub fn id(&self) -> OrganisationId {
        self.organisation.id
    }
}

impl<S> FromRequestParts<S> for OfOrganisation
where
    S: Send + Sync,
    Accounts: FromRef<S>,
{
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let who = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let path = RawPathParams::from_request_parts(parts, state).await;
        let path = path.map_err(|_| PageError::Missing)?;
        let id = path.iter().find(|(name, _)| *name == "organisation").map(|(_, value)| value);
        let id: OrganisationId = id.and_then(|id| id.parse().ok()).ok_or(PageError::Missing)?;
        let accounts = Accounts::from_ref(state);
        let db = accounts.db.read();
        if !who.person.staff && !member::is_member(db, id, who.person.id).await? {
            return Err(PageError::Missing);
        }
        let organisation = organisation::find(db, id).await?.ok_or(PageError::Missing)?;
        Ok(Self { who, organisation })
    }
}
