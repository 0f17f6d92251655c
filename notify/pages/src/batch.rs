//! Bulk sends: those that wait and those that were sent, how far one has come, and stopping it (administration
//! specification, sections H.5 and H.6).

mod cancel;
mod events;
mod list;
mod progress;
mod show;

use notify_store::BatchId;
use serde::Deserialize;
use web::Routes;

use crate::app::App;

pub fn routes() -> Routes<App> {
    let all = "/services/{service}/bulk";
    let one = format!("{all}/{{batch}}");
    Routes::default()
        .get(all, list::show)
        .get(&one, show::show)
        .post(&format!("{one}/search"), show::search)
        .get(&format!("{one}/events"), events::events)
        .get(&format!("{one}/cancel"), cancel::ask)
        .post(&format!("{one}/cancel"), cancel::cancel)
}

/// Which bulk send of the service.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Which {
    batch: BatchId,
}
