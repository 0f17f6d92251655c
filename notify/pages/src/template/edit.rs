//! The form of a template, new or known.

use accounts::{OnTeam, gate::ManageTemplates};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify::{Channel, Permission, sms};
use notify_store::{
    CategoryId, setting,
    template::{self, Change, NewTemplate},
    template_category,
};
use serde::Deserialize;
use ui::{
    BackLink, Button, Choice, ErrorSummary, Errors, Radios, Shell, TextArea, TextInput, Tile, Tiles,
};
use web::{Asked, At, Form, PageError, Reader, page};

use super::Which;
use crate::{
    app::App,
    folder::{self, In},
    frame,
    words::Texts,
};

/// Longest name and subject, in characters (admin specification, section A.1).
const LONGEST_NAME: usize = 255;
/// Longest e-mail, in characters (admin specification, section A.1).
const LONGEST_EMAIL: usize = 50_000;

/// Which kind of template.
#[derive(Clone, Copy, Deserialize)]
pub struct Kind {
    channel: Channel,
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct TemplateForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    language: String,
    /// The folder of a new template; empty is the top.
    #[serde(default)]
    folder: String,
}

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

#[derive(Template)]
#[template(path = "template/edit.html")]
struct EditTemplate {
    shell: Shell,
    t: Texts,
    form: TemplateForm,
    errors: Errors,
    channel: Channel,
    categories: Vec<Choice>,
    action: String,
    back: String,
}

/// `GET …/templates/new/{channel}`
pub async fn create(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(Kind { channel }): At<Kind>,
    reader: Reader,
    Asked(place): Asked<In>,
) -> Result<Html<String>, PageError> {
    place.of(&folder::seen(&app, &team).await?)?;
    let action = format!("/templates/new/{channel}");
    let language = reader.language.code().to_owned();
    let form = TemplateForm { language, folder: place.folder, ..Default::default() };
    let page = draw(&app, &team, &reader, (channel, &action), (form, Errors::default())).await?;
    page::show(&page)
}

/// `POST …/templates/new/{channel}`
pub async fn make(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(Kind { channel }): At<Kind>,
    reader: Reader,
    Form(typed): Form<TemplateForm>,
) -> Result<Response, PageError> {
    let action = format!("/templates/new/{channel}");
    let place = In { folder: typed.folder.clone() };
    let folder = place.of(&folder::seen(&app, &team).await?)?;
    let (typed, category) = match checked(&app, Texts(reader.language), channel, typed).await? {
        Ok(good) => good,
        Err(bad) => return refuse(&app, &team, &reader, (channel, &action), bad).await,
    };
    let tx = app.accounts.db.begin().await?;
    let wanted = NewTemplate {
        channel,
        name: typed.name,
        subject: (channel == Channel::Email).then_some(typed.subject),
        body: typed.body,
        category_id: Some(category),
        folder_id: folder,
        lane: None,
        language: typed.language,
        right_to_left: false,
    };
    let author = &team.who.person.email_address;
    let made = template::create(&tx, &team.stamp(), team.id(), author, wanted).await?;
    tx.commit().await?;
    let path = format!("/templates/{}?done=saved", made.head.id);
    Ok(Redirect::to(&frame::at(team.id(), &path)).into_response())
}

/// `GET …/templates/{template}/edit`
pub async fn edit(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let current = which.live(&app, &team).await?;
    let form = TemplateForm {
        name: current.text.name,
        subject: current.text.subject.unwrap_or_default(),
        body: current.text.body,
        category: current.head.category_id.map(|id| id.to_string()).unwrap_or_default(),
        language: current.head.language,
        folder: String::new(),
    };
    let action = format!("/templates/{}/edit", current.head.id);
    let at = (current.head.channel.0, action.as_str());
    page::show(&draw(&app, &team, &reader, at, (form, Errors::default())).await?)
}

/// `POST …/templates/{template}/edit`: makes the next version.
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
    Form(typed): Form<TemplateForm>,
) -> Result<Response, PageError> {
    let current = which.live(&app, &team).await?;
    let (channel, id) = (current.head.channel.0, current.head.id);
    let action = format!("/templates/{id}/edit");
    let (typed, category) = match checked(&app, Texts(reader.language), channel, typed).await? {
        Ok(good) => good,
        Err(bad) => return refuse(&app, &team, &reader, (channel, &action), bad).await,
    };
    let change = Change {
        name: Some(typed.name),
        subject: Some(typed.subject),
        body: Some(typed.body),
        language: Some(typed.language),
        category_id: Some(category),
        folder_id: None,
    };
    let tx = app.accounts.db.begin().await?;
    let author = &team.who.person.email_address;
    template::change(&tx, &team.stamp(), (team.id(), id), author, &change).await?;
    tx.commit().await?;
    let path = format!("/templates/{id}?done=saved");
    Ok(Redirect::to(&frame::at(team.id(), &path)).into_response())
}

async fn draw(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    reader: &Reader,
    (channel, action): (Channel, &str),
    (form, errors): (TemplateForm, Errors),
) -> Result<EditTemplate, PageError> {
    let t = Texts(reader.language);
    let title = match (action.ends_with("/edit"), channel) {
        (true, _) => t.template_edit(),
        (false, Channel::Email) => t.template_new_email(),
        (false, Channel::Sms) => t.template_new_text(),
    };
    let shell = app.service_page(reader, team, title);
    let back = match action.strip_suffix("/edit") {
        Some(template) => frame::at(team.id(), template),
        None => folder::at(team.id(), form.folder.parse().ok()),
    };
    let categories = template_category::list(app.accounts.db.read()).await?;
    let choice = |row: &template_category::Model| {
        let name = match reader.language {
            Language::English => &row.name_en,
            Language::French => &row.name_fr,
        };
        Choice::new(row.id.to_string(), name.clone(), &form.category)
    };
    Ok(EditTemplate {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        categories: categories.iter().map(choice).collect(),
        form,
        errors,
        channel,
        action: frame::at(team.id(), action),
        back,
    })
}

async fn refuse(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    reader: &Reader,
    at: (Channel, &str),
    bad: (TemplateForm, Errors),
) -> Result<Response, PageError> {
    let page = draw(app, team, reader, at, bad).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response())
}

type Checked = Result<(TemplateForm, CategoryId), (TemplateForm, Errors)>;

/// The form with its blanks trimmed, or with what is wrong (admin specification, section G.2).
async fn checked(
    app: &App,
    t: Texts,
    channel: Channel,
    mut typed: TemplateForm,
) -> Result<Checked, PageError> {
    typed.name = typed.name.split_whitespace().collect::<Vec<_>>().join(" ");
    typed.subject = typed.subject.split_whitespace().collect::<Vec<_>>().join(" ");
    typed.body = typed.body.replace("\r\n", "\n").trim().to_owned();
    if !["en", "fr", "both"].contains(&typed.language.as_str()) {
        "en".clone_into(&mut typed.language);
    }
    let mut errors = Errors::default();
    let length = |text: &str| text.chars().count();
    if typed.name.is_empty() {
        errors.add("name", t.template_name_empty());
    } else if length(&typed.name) > LONGEST_NAME {
        errors.add("name", t.template_too_long(LONGEST_NAME));
    }
    if channel == Channel::Email && typed.subject.is_empty() {
        errors.add("subject", t.template_subject_empty());
    } else if length(&typed.subject) > LONGEST_NAME {
        errors.add("subject", t.template_too_long(LONGEST_NAME));
    }
    let longest = match channel {
        Channel::Email => LONGEST_EMAIL,
        Channel::Sms => sms::limit(app.dispatch.settings.dialect),
    };
    if typed.body.is_empty() {
        errors.add("body", t.template_body_empty());
    } else if length(&typed.body) > longest {
        errors.add("body", t.template_too_long(longest));
    }
    let category = match typed.category.parse::<CategoryId>() {
        Ok(id) => template_category::find(app.accounts.db.read(), id).await?.map(|row| row.id),
        Err(_) => None,
    };
    let Some(category) = category else {
        errors.add("category", t.template_category_empty());
        return Ok(Err((typed, errors)));
    };
    Ok(if errors.is_empty() { Ok((typed, category)) } else { Err((typed, errors)) })
}

impl EditTemplate {
    fn language(&self) -> Language {
        self.shell.language
    }

    fn is_email(&self) -> bool {
        self.channel == Channel::Email
    }

    /// The language that the words are written in.
    fn languages(&self) -> Vec<Choice> {
        let (t, current) = (self.t, &self.form.language);
        vec![
            Choice::new("en", t.language_english(), current),
            Choice::new("fr", t.language_french(), current),
            Choice::new("both", t.language_both(), current),
        ]
    }
}
