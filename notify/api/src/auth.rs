//! Who calls: the proof that every route but the public ones asks for (API specification, section 1).

use std::ops::Deref;

use accounts::{Caller, Capability, Refused};
use axum::extract::FromRequestParts;
use http::{header, request::Parts};

use crate::{
    Api,
    error::{ApiError, Refusal},
};

/// The caller holds a key that may be used. Its service may be suspended: then it may read, not send.
#[derive(Clone, Debug)]
pub struct ApiKey(pub Caller);

impl Deref for ApiKey {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.0
    }
}

impl ApiKey {
    /// Refuses with a 403 when the key has not got `capability`.
    pub fn must_have(&self, capability: Capability) -> Result<(), ApiError> {
        let what = match capability {
            Capability::ManageTemplates => "templates",
            Capability::ManageReports => "reports",
        };
        if self.capabilities.has(capability) {
            Ok(())
        } else {
            Err(Refusal::CapabilityMissing { what }.into())
        }
    }
}

impl FromRequestParts<Api> for ApiKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, ApiError> {
        let header = parts.headers.get(header::AUTHORIZATION);
        let header = header.map(|value| String::from_utf8_lossy(value.as_bytes()));
        let caller = api.directory.authenticate(header.as_deref()).await?;
        Ok(Self(caller))
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        let refusal = match refused {
            Refused::NoHeader => Refusal::NoToken,
            Refused::UnknownScheme => Refusal::UnknownScheme,
            Refused::Undecodable => Refusal::Undecodable,
            Refused::NoIssuer => Refusal::NoIssuer,
            Refused::BadIssuer => Refusal::BadIssuer,
            Refused::UnknownService => Refusal::UnknownService,
            Refused::NoKeys => Refusal::NoKeys,
            Refused::Archived => Refusal::Archived,
            // Step 9b: the caller is not told which of the two it is.
            Refused::UnknownSignature | Refused::NoIssuedAt => Refusal::UnknownSignature,
            Refused::WrongAlgorithm => Refusal::WrongAlgorithm,
            Refused::Clock => Refusal::ClockOff,
            Refused::BadClaims => Refusal::BadClaims,
            Refused::Revoked => Refusal::KeyRevoked,
            Refused::IncompleteKey => Refusal::KeyIncomplete,
            Refused::UnknownKey => Refusal::KeyUnknown,
            Refused::Store(error) => return error.into(),
            Refused::Vault(error) => return error.into(),
        };
        refusal.into()
    }
}
