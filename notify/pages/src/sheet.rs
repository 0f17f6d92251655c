//! Sending to a list: a spreadsheet is uploaded, everything wrong with it is said at once, any of its messages can be
//! seen, and it is started now or for later (administration specification, sections H.3 and H.4).

mod check;
mod choose;
mod example;
mod problem;
mod row;
mod start;
mod table;

use accounts::OnTeam;
use notify_store::{TemplateId, UploadId, upload};
use serde::Deserialize;
use web::{PageError, Routes};

use crate::{app::App, frame};

pub fn routes() -> Routes<App> {
    let send = "/services/{service}/templates/{template}/send";
    let list = format!("{send}/list/{{upload}}");
    Routes::default()
        .get(&format!("{send}/list"), choose::show)
        .post(&format!("{send}/list"), choose::save)
        .get(&format!("{send}/example"), example::download)
        .get(&list, check::show)
        .post(&list, start::start)
        .get(&format!("{list}/duplicates"), check::duplicates)
        .get(&format!("{list}/rows/{{row}}"), row::show)
        .get(&format!("{list}/rows/{{row}}/look"), row::look)
}

/// Which upload for which template of the service.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Which {
    template: TemplateId,
    upload: UploadId,
}

impl Which {
    /// Stops whoever asks for a list under another template than its own: who may see which template is decided by
    /// the address.
    async fn guard<C>(self, app: &App, team: &OnTeam<C>) -> Result<(), PageError> {
        let db = app.accounts.db.read();
        let own = upload::template(db, team.id(), self.upload, team.who.now).await?;
        if own.is_some_and(|own| own != self.template) { Err(PageError::Missing) } else { Ok(()) }
    }
}

/// The address of the pages that send with a template.
fn send(service: accounts::ServiceId, template: TemplateId) -> String {
    frame::at(service, &format!("/templates/{template}/send"))
}

/// The address of an uploaded list.
fn list(service: accounts::ServiceId, template: TemplateId, upload: UploadId) -> String {
    format!("{}/list/{upload}", send(service, template))
}
