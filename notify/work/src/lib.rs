//! What happens after a message was accepted: providers, receipts, call-backs and the work that drives them.

pub mod provider;
