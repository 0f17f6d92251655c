//! The sample library: templates to look at and to begin with.

use accounts::{OnTeam, Permission, gate::Member};
use askama::Template;
use axum::{extract::State, response::Html};
use notify::{
    Channel,
    placeholder::Personalisation,
    preview::{self, Show},
    sample::{self, SAMPLES, Sample},
    sms,
    template::{self, Languages},
};
use notify_store::template_category;
use serde::Deserialize;
use ui::{BackLink, Bubble, ButtonLink, Rendered, Shell, Tile, Tiles};
use web::{Asked, At, PageError, Reader, page};

use super::list;
use crate::{
    app::App,
    folder::{self, In},
    frame, letter,
    words::Texts,
};

#[derive(Template)]
#[template(path = "template/samples.html")]
struct Samples {
    shell: Shell,
    t: Texts,
    back: String,
    emails: Tiles,
    texts: Tiles,
}

/// `GET …/templates/samples`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
    Asked(place): Asked<In>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let parent = place.of(&folder::seen(&app, &team).await?)?;
    let categories = template_category::list(app.accounts.db.read()).await?;
    let category = |sample: &Sample| {
        let found = categories.iter().find(|row| row.name_en == sample.category());
        found.map(|row| ui::Tag::new(list::named(t.0, row), ui::Tone::Neutral))
    };
    let tile = |sample: &Sample| Tile {
        href: address(&team, sample.key, &place.folder),
        title: sample.name(t.0).to_owned(),
        text: sample.about(t.0).to_owned(),
        value: None,
        tag: category(sample),
    };
    let tiles = |channel: Channel| Tiles {
        tiles: SAMPLES.iter().filter(|one| one.channel() == channel).map(tile).collect(),
    };
    page::show(&Samples {
        shell: app.service_page(&reader, &team, t.samples_title()),
        t,
        back: folder::at(team.id(), parent),
        emails: tiles(Channel::Email),
        texts: tiles(Channel::Sms),
    })
}

fn address<C>(team: &OnTeam<C>, key: &str, folder: &str) -> String {
    frame::at(team.id(), &format!("/templates/samples/{key}?folder={folder}"))
}

/// Which sample.
#[derive(Deserialize)]
pub struct Which {
    sample: String,
}

#[derive(Template)]
#[template(path = "template/sample.html")]
struct ShowSample {
    shell: Shell,
    t: Texts,
    back: String,
    about: &'static str,
    subject: Option<Rendered>,
    body: Option<Rendered>,
    bubble: Option<Bubble>,
    take: Option<String>,
}

/// `GET …/templates/samples/{sample}`
pub async fn one(
    State(app): State<App>,
    team: OnTeam<Member>,
    At(which): At<Which>,
    reader: Reader,
    Asked(place): Asked<In>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    place.of(&folder::seen(&app, &team).await?)?;
    let sample = sample::find(&which.sample).ok_or(PageError::Missing)?;
    let read = match sample.channel() {
        Channel::Email => template::Template::email(&sample.subject(t.0), &sample.body(t.0)),
        Channel::Sms => template::Template::sms(&sample.body(t.0)),
    };
    let read = read.in_languages(Languages::Both);
    let empty = Personalisation::new();
    let is_email = sample.channel() == Channel::Email;
    let bubble = || {
        let html = sms::preview_html(read.body(), &empty, None, t.0);
        Bubble { body: Some(letter::marked(html)), ..Bubble::default() }
    };
    let take = format!(
        "/templates/new/{}?sample={}&folder={}",
        sample.channel(),
        sample.key,
        place.folder
    );
    page::show(&ShowSample {
        shell: app.service_page(&reader, &team, sample.name(t.0).to_owned()),
        t,
        back: frame::at(team.id(), &format!("/templates/samples?folder={}", place.folder)),
        about: sample.about(t.0),
        subject: is_email.then(|| letter::marked(preview::subject(&read, &empty, Show::Names))),
        body: is_email.then(|| letter::inside(&preview::body(&read, &empty, Show::Names))),
        bubble: (!is_email).then(bubble),
        take: team.may(Permission::ManageTemplates).then(|| frame::at(team.id(), &take)),
    })
}
