//! Who asks for a page, proven: a person who has signed in, a member of a team with a permission, or staff.

mod claim;
mod organisation;
mod proof;
mod settings;

use std::{marker::PhantomData, sync::Arc};

use audit::{Actor, Stamp};
use axum::extract::{
    FromRef, FromRequestParts, OptionalFromRequestParts, OriginalUri, RawPathParams,
};
use chrono_tz::Tz;
use db::{Db, Transaction};
use http::{HeaderMap, header, request::Parts};
use kernel::{Clock, Post, Time, Vault};
use web::{PageError, visit};

pub use claim::*;
pub use organisation::OfOrganisation;
pub use proof::Proof;
pub use settings::Settings;

use crate::{
    Permission, Permissions, ServiceId, SessionId, membership,
    passkey::{Passkeys, Question},
    person, service, session,
};

/// What pages with people need. A pages crate's state gives it through `FromRef`.
#[derive(Clone)]
pub struct Accounts {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// What seals and fingerprints.
    pub vault: Arc<Vault>,
    /// Who carries letters.
    pub post: Arc<dyn Post<Transaction>>,
    /// How this installation wants it.
    pub settings: Arc<Settings>,
    /// What asks for passkeys; none where the site has no name of its own.
    pub passkeys: Option<Arc<Passkeys>>,
}

impl std::fmt::Debug for Accounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Accounts").field("settings", &self.settings).finish_non_exhaustive()
    }
}

const COOKIE: &str = "session";
const QUESTION: &str = "passkey";

impl Accounts {
    /// The `Set-Cookie` that makes a browser signed in; it ends with the browser's session.
    pub fn cookie(&self, token: &str) -> String {
        let secure = if self.settings.secure { "; Secure" } else { "" };
        let name = visit::cookie_name(self.settings.secure, COOKIE);
        format!("{name}={token}; Path=/; SameSite=Lax; HttpOnly{secure}")
    }

    /// The `Set-Cookie` that takes it away again.
    pub fn no_cookie(&self) -> String {
        format!("{}; Max-Age=0", self.cookie(""))
    }

    /// The `Set-Cookie` that keeps the state of a question to a passkey until it is answered.
    pub fn question_cookie(&self, state: &str) -> String {
        let secure = if self.settings.secure { "; Secure" } else { "" };
        let (name, lasts) = (visit::cookie_name(self.settings.secure, QUESTION), Question::LASTS);
        let age = lasts.num_seconds();
        format!("{name}={state}; Path=/; Max-Age={age}; SameSite=Strict; HttpOnly{secure}")
    }

    /// The state of the question that a request answers.
    pub fn question<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        visit::cookie(headers, &visit::cookie_name(self.settings.secure, QUESTION))
    }

    /// The session of a request's cookie, whether its second factor is there or not.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn session(&self, headers: &HeaderMap) -> Result<Option<session::Model>, PageError> {
        let name = visit::cookie_name(self.settings.secure, COOKIE);
        let Some(token) = visit::cookie(headers, &name) else { return Ok(None) };
        Ok(session::find(self.db.read(), token, self.clock.now()).await?)
    }

    /// An address on this site as it stands in a letter.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.settings.public_url.trim_end_matches('/'))
    }

    async fn signed_in(&self, headers: &HeaderMap) -> Result<Option<SignedIn>, PageError> {
        let Some(session) = self.session(headers).await? else { return Ok(None) };
        let Some(person) = person::find(self.db.read(), session.person_id).await? else {
            return Ok(None);
        };
        if session.passed_at.is_none() || person.blocked_at.is_some() {
            return Ok(None);
        }
        let now = self.clock.now();
        if session::is_stale(&session, now) {
            let tx = self.db.begin().await?;
            session::touch(&tx, session.id, now).await?;
            tx.commit().await?;
        }
        let proved = session.is_proved(now);
        Ok(Some(SignedIn { person, session: session.id, now, proved }))
    }
}

/// Somebody who has signed in, with both factors.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub person: person::Model,
    /// In which session.
    pub session: SessionId,
    /// The moment of the request.
    pub now: Time,
    /// Whether they gave their password again so lately that what protects the account can be changed.
    pub proved: bool,
}

impl SignedIn {
    /// Who does it when, for the audit record.
    pub fn stamp(&self) -> Stamp {
        Stamp { actor: Actor::Person(self.person.id.uuid()), at: self.now }
    }

    /// The time zone in which this person reads times.
    pub fn zone(&self) -> Tz {
        self.person.zone()
    }
}

/// Where somebody was who has to sign in first: only what is asked with GET can be asked again.
fn here(parts: &Parts) -> String {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
    if parts.method != http::Method::GET {
        return "/services".to_owned();
    }
    uri.path_and_query().map_or("/", |path| path.as_str()).to_owned()
}

impl<S> FromRequestParts<S> for SignedIn
where
    S: Send + Sync,
    Accounts: FromRef<S>,
{
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let accounts = Accounts::from_ref(state);
        let known = accounts.signed_in(&parts.headers).await?;
        known.ok_or_else(|| PageError::SignIn(here(parts)))
    }
}

impl<S> OptionalFromRequestParts<S> for SignedIn
where
    S: Send + Sync,
    Accounts: FromRef<S>,
{
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, PageError> {
        Accounts::from_ref(state).signed_in(&parts.headers).await
    }
}

/// Staff of the platform.
#[derive(Clone, Debug)]
pub struct Staff(pub SignedIn);

impl<S> FromRequestParts<S> for Staff
where
    S: Send + Sync,
    Accounts: FromRef<S>,
{
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let who = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        if who.person.staff { Ok(Self(who)) } else { Err(PageError::Forbidden) }
    }
}

/// Somebody on the team of the service in the path's `{service}`, of whom `C` is true.
///
/// Staff are taken for members with every permission where the claim lets them. To everybody else who is not on the
/// team the service is not there; a member without the permission is told so.
#[derive(Clone, Debug)]
pub struct OnTeam<C> {
    /// Who.
    pub who: SignedIn,
    /// The service.
    pub service: service::Model,
    /// What they may do there; everything, for staff.
    pub permissions: Permissions,
    /// Whether they are on the team, and not only staff.
    pub member: bool,
    claim: PhantomData<fn() -> C>,
}

impl<C> OnTeam<C> {
    /// Who does it when, for the audit record.
    pub fn stamp(&self) -> Stamp {
        self.who.stamp()
    }

    /// Whether they may do this.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.has(permission)
    }

    /// The service's identifier.
    pub fn id(&self) -> ServiceId {
        self.service.id
    }
}

impl<C, S> FromRequestParts<S> for OnTeam<C>
where
    C: Claim,
    S: Send + Sync,
    Accounts: FromRef<S>,
{
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let who = <SignedIn as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let path = RawPathParams::from_request_parts(parts, state).await;
        let path = path.map_err(|_| PageError::Missing)?;
        let id = path.iter().find(|(name, _)| *name == "service").map(|(_, value)| value);
        let id: ServiceId = id.and_then(|id| id.parse().ok()).ok_or(PageError::Missing)?;
        let accounts = Accounts::from_ref(state);
        let member = membership::find(accounts.db.read(), id, who.person.id).await?;
        if member.is_none() && !who.person.staff {
            return Err(PageError::Missing);
        }
        let found = service::find(accounts.db.read(), id).await?;
        let service = found.filter(|found| !found.is_archived()).ok_or(PageError::Missing)?;
        let (permissions, member) = match member {
            Some(membership) if !who.person.staff => (membership.permissions.0, true),
            Some(_) => (Permissions::all(), true),
            None => (Permissions::all(), false),
        };
        let needed = C::ANY.is_empty() || C::ANY.iter().any(|one| permissions.has(*one));
        if !needed || !(member || C::STAFF) {
            return Err(PageError::Forbidden);
        }
        Ok(Self { who, service, permissions, member, claim: PhantomData })
    }
}

/// What the browser says it is.
pub fn browser(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|name| name.to_str().ok()).unwrap_or_default()
}
