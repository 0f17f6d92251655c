//! The site from the outside: the whole router, a browser without a screen, a real database of either engine.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

mod address;
mod api;
mod dashboard;
mod folders;
mod batch;
mod go_live;
mod house;
mod invitation;
mod messages;
mod permissions;
mod profile;
mod security;
mod report;
mod sending;
mod services;
mod settings;
mod sheet;
mod sign_in;
mod team;
mod usage;
