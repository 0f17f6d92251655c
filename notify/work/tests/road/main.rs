//! The road behind the inbox on both engines, with providers that follow a script.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod batch;
mod callback;
mod delivery;
mod fairness;
mod house;
mod keeping;
mod report;
