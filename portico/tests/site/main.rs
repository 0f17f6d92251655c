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
mod batch;
mod go_live;
mod house;
mod inbox;
mod invitation;
mod join;
mod messages;
mod organisation;
mod permissions;
mod profile;
mod security;
mod public;
mod samples;
mod report;
mod samples;
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
mod usage;
mod weight;
mod templates;
