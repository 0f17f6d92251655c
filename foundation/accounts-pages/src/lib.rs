//! The pages of accounts: registration, sign-in, passwords, profiles, teams and invitations.

mod app;
mod ask_passkey;
mod confirm;
mod invitation;
mod join;
mod mail;
mod password;
mod profile;
mod register;
mod sent;
mod sign_in;
mod sign_out;
mod team;
mod words;

pub use app::{Frame, Setup};

use web::Routes;

use crate::app::App;

/// All pages of accounts.
pub fn routes(setup: Setup) -> Routes {
    Routes::default()
        .merge(register::routes())
        .merge(confirm::routes())
        .merge(sign_in::routes())
        .merge(sign_out::routes())
        .merge(password::routes())
        .merge(team::routes())
        .merge(invitation::routes())
        .merge(profile::routes())
        .merge(join::routes())
        .with_state(App::new(setup))
}
