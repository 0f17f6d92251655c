//! Reports: asking for one, the list of one's own, and its file (administration specification, section I.4).

mod ask;
mod download;
mod list;

use web::Routes;

use crate::app::App;

pub fn routes() -> Routes<App> {
    let all = "/services/{service}/reports";
    Routes::default()
        .get(all, list::show)
        .post(all, ask::ask)
        .get(&format!("{all}/{{report}}/download"), download::download)
}
