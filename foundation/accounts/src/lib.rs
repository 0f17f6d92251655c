//! Who may use Portico: organisations, people, services, memberships, and the API keys of services.

pub mod api_key;
pub mod directory;
pub mod membership;
mod migration;
pub mod organisation;
pub mod person;
pub mod service;
mod trail;

pub use api_key::{ApiKeyId, Capabilities, Capability, Issued, KeyKind};
pub use directory::{Caller, Directory, Refused};
pub use membership::Contacts;
pub use migration::migrations;
pub use organisation::OrganisationId;
pub use person::PersonId;
pub use service::ServiceId;
