//! What happens after a message was accepted: providers, receipts, call-backs and the work that drives them.

mod callback;
mod deliver;
mod expand;
mod ledger;
mod measure;
pub mod mime;
pub mod outbound;
pub mod provider;
mod purge;
mod receive;
mod report;
mod road;
mod schedule;
pub mod settings;
mod tls;

pub use receive::Receiver;
pub use road::{Parts, Road};
pub use settings::Settings;
