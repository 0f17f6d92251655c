//! What kind of template is to be made.

use accounts::{OnTeam, gate::ManageTemplates};
use askama::Template;
use axum::{extract::State, response::Html};
use notify::{Channel, Permission};
use notify_store::setting;
use ui::{Shell, Tile, Tiles};
use web::{Asked, PageError, Reader, page};

use crate::{
    app::App,
    folder::{self, In},
    frame,
    words::Texts,
};

#[derive(Template)]
#[template(path = "template/choose.html")]
struct ChooseKind {
    shell: Shell,
    back: String,
    tiles: Tiles,
}

/// `GET …/templates/new`: an e-mail or a text.
pub async fn choose(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    reader: Reader,
    Asked(place): Asked<In>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let folder = place.of(&folder::seen(&app, &team).await?)?;
    let setting = setting::get(app.accounts.db.read(), team.id()).await?;
    let tile = |channel: Channel| {
        let (title, text) = match channel {
            Channel::Email => (t.email(), t.template_email_text()),
            Channel::Sms => (t.text_message(), t.template_text_text()),
        };
        let place = &place.folder;
        let href = frame::at(team.id(), &format!("/templates/new/{channel}?folder={place}"));
        Tile { href, title, text, value: None, tag: None }
    };
    let open = Channel::ALL.iter().copied();
    let open = open.filter(|channel| setting.may(Permission::to_send(*channel)));
    page::show(&ChooseKind {
        shell: app.service_page(&reader, &team, t.template_new()),
        back: folder::at(team.id(), folder),
        tiles: Tiles { tiles: open.map(tile).collect() },
    })
}
