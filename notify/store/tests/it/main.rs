//! The store on both engines: what is accepted is kept, charged exactly, and delivered by one only.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test may stop at the first surprise, and its tasks end with it"
)]

mod batch;
mod delivery;
mod dispatch;
mod folder;
mod inbox;
mod office;
mod receipt;
mod report;
mod sample;
mod search;
mod sender;
mod statistic;
mod template;
mod withdrawal;
