//! The site from the outside: the whole router, a browser without a screen, a real database of either engine.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

mod address;
mod api;
mod callbacks;
mod dashboard;
mod folders;
mod go_live;
mod house;
mod inbox;
mod invitation;
mod join;
mod messages;
mod permissions;
mod profile;
mod security;
mod samples;
mod sending;
mod services;
mod settings;
mod sign_in;
mod team;
mod usage;
mod templates;
