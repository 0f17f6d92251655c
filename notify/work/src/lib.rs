//! What happens after a message was accepted: providers, receipts, call-backs and the work that drives them.

pub mod mime;
pub mod outbound;
pub mod provider;
mod tls;
