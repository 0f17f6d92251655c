//! The messages of a service: the list with its search, and one message with its history.

mod filter;
mod history;
mod list;
mod show;

use web::Routes;

pub use self::list::tag;
use crate::app::App;

pub fn routes() -> Routes<App> {
    let messages = "/services/{service}/messages";
    Routes::default()
        .get(messages, list::show)
        .post(&format!("{messages}/search"), list::search)
        .get(&format!("{messages}/{{message}}"), show::show)
        .get(&format!("{messages}/{{message}}/look"), show::look)
}
