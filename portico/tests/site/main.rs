//! The site from the outside: the whole router, a browser without a screen, a real database of either engine.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop at the first surprise"
)]

mod address;
mod api;
mod batch;
mod callbacks;
mod dashboard;
mod folders;
mod go_live;
mod house;
mod inbox;
mod invitation;
mod join;
mod messages;
mod organisation;
mod permissions;
mod profile;
mod public;
mod report;
mod samples;
mod security;
mod sending;
mod services;
mod settings;
mod sheet;
mod sign_in;
mod staff_announcements;
mod staff_audit;
mod staff_people;
mod staff_services;
mod team;
mod templates;
mod usage;
mod weight;
