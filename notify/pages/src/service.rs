//! A person's services: the list of them, and a new one.

mod list;
mod new;

use ui::Account;
use web::Routes;

use crate::app::App;

/// The list, and the form for a new service.
pub fn routes() -> Routes<App> {
    let services = Account::SERVICES;
    Routes::default()
        .get(services, list::show)
        .get(&format!("{services}/new"), new::edit)
        .post(&format!("{services}/new"), new::save)
}
