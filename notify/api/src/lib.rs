//! The public HTTP API of Notify (`/v2/…`), exactly as the published clients of GC Notify and GOV.UK Notify know it.

pub mod error;
