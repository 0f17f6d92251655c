//! Notify's rules without its surroundings: templates, recipients, statuses and limits as pure values and decisions.

pub mod channel;
pub mod dialect;
pub mod lane;
pub mod status;
pub mod word;

pub use channel::Channel;
pub use dialect::Dialect;
pub use lane::Lane;
pub use status::Status;
