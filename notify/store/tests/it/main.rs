//! The store on both engines: what is accepted is kept, charged exactly, and delivered by one only.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod delivery;
mod inbox;
mod sample;
