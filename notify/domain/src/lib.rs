//! Notify's rules without its surroundings: templates, recipients, statuses and limits as pure values and decisions.

pub mod batch;
pub mod callback;
pub mod channel;
pub mod character_reference;
pub mod dialect;
pub mod email;
pub mod escape;
pub mod fitting;
pub mod lane;
pub mod limit;
pub mod markdown;
pub mod neutralise;
pub mod permission;
pub mod personalisation;
pub mod placeholder;
pub mod preview;
pub mod receipt;
pub mod recipient;
pub mod report;
mod scan;
pub mod schedule;
pub mod sentence;
pub mod sheet;
mod shield;
pub mod sms;
pub mod status;
pub mod subject;
pub mod template;
pub mod typography;
pub mod word;

pub use channel::Channel;
pub use dialect::Dialect;
pub use lane::Lane;
pub use permission::Permission;
pub use recipient::Recipient;
pub use status::Status;
