//! Who may use Portico: organisations, people and how they sign in, services, memberships, and the API keys of services.

pub mod api_key;
pub mod closing;
pub mod credential;
pub mod directory;
pub mod domain;
pub mod gate;
pub mod invitation;
pub mod letter;
pub mod link;
pub mod membership;
mod migration;
pub mod organisation;
pub mod passkey;
pub mod password;
pub mod permission;
pub mod person;
pub mod retention;
pub mod service;
pub mod session;
pub mod sign_in;
pub mod sign_in_code;
mod token;
mod trail;

pub use api_key::{ApiKeyId, Capabilities, Capability, Issued, KeyKind};
pub use directory::{Caller, Directory, Refused};
pub use gate::{Accounts, OnTeam, SignedIn, Staff};
pub use invitation::InvitationId;
pub use membership::Contacts;
pub use migration::migrations;
pub use organisation::OrganisationId;
pub use passkey::PasskeyId;
pub use permission::{Permission, Permissions};
pub use person::PersonId;
pub use service::ServiceId;
pub use session::{SessionError, SessionId};
