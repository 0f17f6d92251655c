//! The form of a template, new or known.

use accounts::{OnTeam, gate::ManageTemplates};
use askama::{Template, filters::HtmlSafe};
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify::Channel;
use notify_store::{
    TemplateId,
    template::{self, Change, Current, NewTemplate},
    template_category,
};
use serde::Deserialize;
use ui::{
    BackLink, Button, ButtonKind, Checkbox, Choice, Counter, Details, Diff, ErrorSummary, Errors,
    Insert, Inserts, Preview, Radios, Rendered, Shell, TextArea, TextInput,
};
use web::{Asked, At, Form, PageError, Reader, page};

use super::{
    Which,
    begin::Begin,
    confirm,
    form::{self, TemplateForm},
    list,
    preview::About,
};
use crate::{
    app::App,
    folder::{self, In},
    frame,
    words::Texts,
};

/// Which kind of template.
#[derive(Clone, Copy, Deserialize)]
pub struct Kind {
    pub channel: Channel,
}

/// What is edited: a template of this kind, known or new.
pub type What = (Channel, Option<TemplateId>);

/// The path of a form below the service's.
pub fn action((channel, id): What) -> String {
    match id {
        Some(id) => format!("/templates/{id}"),
        None => format!("/templates/new/{channel}"),
    }
}

/// What can be written, each with what it does.
#[derive(Template)]
#[template(path = "template/guidance.html")]
struct Guidance {
    rows: Vec<(String, String)>,
}

impl HtmlSafe for Guidance {}

/// What somebody else has made of the template in the meantime.
struct Newer {
    said: String,
    subject: Option<Diff>,
    body: Diff,
}

#[derive(Template)]
#[template(path = "template/edit.html")]
pub struct EditTemplate {
    shell: Shell,
    t: Texts,
    form: TemplateForm,
    errors: Errors,
    channel: Channel,
    categories: Vec<Choice>,
    /// Where the form goes.
    action: String,
    /// Where it goes to be shown.
    shown_by: String,
    back: String,
    newer: Option<Newer>,
    counter: Counter,
    preview: Rendered,
}

/// `GET …/templates/new/{channel}`
pub async fn create(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(Kind { channel }): At<Kind>,
    reader: Reader,
    Asked(begin): Asked<Begin>,
) -> Result<Html<String>, PageError> {
    let place = In { folder: begin.folder.clone() };
    place.of(&folder::seen(&app, &team).await?)?;
    let form = begin.form(&app, &team, (Texts(reader.language), channel)).await?;
    page::show(&draw(&app, &team, &reader, (channel, None), (form, Errors::default())).await?)
}

/// `POST …/templates/new/{channel}`
pub async fn make(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(Kind { channel }): At<Kind>,
    reader: Reader,
    Form(typed): Form<TemplateForm>,
) -> Result<Response, PageError> {
    let typed = typed.tidy();
    let place = In { folder: typed.folder.clone() };
    let folder_id = place.of(&folder::seen(&app, &team).await?)?;
    let category = match form::check(&app, (Texts(reader.language), channel), &typed).await? {
        Ok(category) => category,
        Err(bad) => return refuse(&app, &team, &reader, (channel, None), (typed, bad)).await,
    };
    let tx = app.accounts.db.begin().await?;
    let wanted = NewTemplate {
        channel,
        right_to_left: typed.is_right_to_left(),
        name: typed.name,
        subject: (channel == Channel::Email).then_some(typed.subject),
        body: typed.body,
        category_id: Some(category),
        folder_id,
        lane: None,
        language: typed.language,
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
    let what = (current.head.channel.0, Some(current.head.id));
    let form = TemplateForm::of(&current);
    page::show(&draw(&app, &team, &reader, what, (form, Errors::default())).await?)
}

/// `POST …/templates/{template}/edit`: makes the next version. A text that asks for new values is shown first, and one
/// that was changed by somebody else in the meantime is not overwritten unseen.
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
    Form(typed): Form<TemplateForm>,
) -> Result<Response, PageError> {
    let typed = typed.tidy();
    let current = which.live(&app, &team).await?;
    let (channel, id) = (current.head.channel.0, current.head.id);
    let what = (channel, Some(id));
    let category = match form::check(&app, (Texts(reader.language), channel), &typed).await? {
        Ok(category) => category,
        Err(bad) => return refuse(&app, &team, &reader, what, (typed, bad)).await,
    };
    let based_on = typed.version.parse::<i32>().ok();
    if based_on.is_some_and(|version| version != current.head.version) {
        return overtaken(&app, &team, &reader, &current, typed).await;
    }
    if typed.confirmed != "yes"
        && let Some(breaking) = confirm::needed(&current, channel, &typed)
    {
        return confirm::ask(&app, &team, &reader, (what, breaking), typed);
    }
    let change = Change {
        name: Some(typed.name.clone()),
        subject: Some(typed.subject.clone()),
        body: Some(typed.body.clone()),
        language: Some(typed.language.clone()),
        right_to_left: Some(typed.is_right_to_left()),
        category_id: Some(category),
        based_on,
        ..Change::default()
    };
    let tx = app.accounts.db.begin().await?;
    let author = &team.who.person.email_address;
    match template::change(&tx, &team.stamp(), (team.id(), id), author, &change).await {
        Ok(_) => tx.commit().await?,
        Err(error) if error.is_conflict(template::OVERTAKEN) => {
            drop(tx);
            let current = which.live(&app, &team).await?;
            return overtaken(&app, &team, &reader, &current, typed).await;
        }
        Err(error) => return Err(error.into()),
    }
    let path = format!("/templates/{id}?done=saved");
    Ok(Redirect::to(&frame::at(team.id(), &path)).into_response())
}

/// The form with what was typed, beside what it would make.
pub async fn again(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    reader: &Reader,
    what: What,
    typed: TemplateForm,
) -> Result<EditTemplate, PageError> {
    let typed = TemplateForm { confirmed: String::new(), ..typed };
    draw(app, team, reader, what, (typed, Errors::default())).await
}

async fn draw(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    reader: &Reader,
    what: What,
    (form, errors): (TemplateForm, Errors),
) -> Result<EditTemplate, PageError> {
    let (t, (channel, id)) = (Texts(reader.language), what);
    let title = match (id, channel) {
        (Some(_), _) => t.template_edit(),
        (None, Channel::Email) => t.template_new_email(),
        (None, Channel::Sms) => t.template_new_text(),
    };
    let shell = app.service_page(reader, team, title);
    let here = frame::at(team.id(), &action(what));
    let categories = template_category::list(app.accounts.db.read()).await?;
    let choice = |row: &template_category::Model| {
        Choice::new(row.id.to_string(), list::named(t.0, row), &form.category)
    };
    let about = About::of(app, team, t).await?;
    let typed = form.clone().tidy();
    Ok(EditTemplate {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        categories: categories.iter().map(choice).collect(),
        counter: about.counter(&here, channel, &typed),
        preview: about.draw(channel, &typed),
        errors,
        channel,
        action: if id.is_some() { format!("{here}/edit") } else { here.clone() },
        shown_by: format!("{here}/preview"),
        back: match id {
            Some(_) => here,
            None => folder::at(team.id(), form.folder.parse().ok()),
        },
        newer: None,
        form,
    })
}

async fn refuse(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    reader: &Reader,
    what: What,
    bad: (TemplateForm, Errors),
) -> Result<Response, PageError> {
    let page = draw(app, team, reader, what, bad).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response())
}

/// The form with what was typed and the difference to what was saved meanwhile; saving again is then a decision.
async fn overtaken(
    app: &App,
    team: &OnTeam<ManageTemplates>,
    reader: &Reader,
    current: &Current,
    typed: TemplateForm,
) -> Result<Response, PageError> {
    let (t, text) = (Texts(reader.language), &current.text);
    let typed = TemplateForm {
        version: current.head.version.to_string(),
        confirmed: String::new(),
        ..typed
    };
    let diff = |theirs: &str, yours: &str| Diff {
        language: t.0,
        before: theirs.to_owned(),
        after: yours.to_owned(),
        lang: None,
    };
    let theirs = text.subject.as_deref().filter(|theirs| *theirs != typed.subject);
    let subject = theirs.map(|theirs| diff(theirs, &typed.subject));
    let body = diff(&text.body, &typed.body);
    let said = t.edit_newer_said(current.head.version, &text.created_by);
    let what = (current.head.channel.0, Some(current.head.id));
    let errors = Errors::one("body", t.edit_newer());
    let mut page = draw(app, team, reader, what, (typed, errors)).await?;
    page.newer = Some(Newer { said, subject, body });
    Ok((StatusCode::CONFLICT, page::show(&page)?).into_response())
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
        let both = if self.is_email() { t.language_both() } else { t.language_both_text() };
        vec![
            Choice::new("en", t.language_english(), current),
            Choice::new("fr", t.language_french(), current),
            Choice::new("both", both, current),
        ]
    }

    fn words(&self) -> TextArea {
        let t = self.t;
        TextArea {
            name: "body".to_owned(),
            label: t.template_body(),
            hint: Some(t.template_body_hint()),
            value: self.form.body.clone(),
            error: self.errors.of("body"),
            rows: 16,
            dir: if self.form.is_right_to_left() { "rtl" } else { "" },
            counter: Some(self.counter.clone()),
            inserts: Some(self.inserts()),
            ..TextArea::default()
        }
    }

    /// The same as the buttons write, in words: the way without script.
    fn guidance(&self) -> Rendered {
        let t = self.t;
        let mut rows = vec![
            (t.guidance_value_written(), t.guidance_value()),
            (t.guidance_condition_written(), t.guidance_condition()),
        ];
        if self.is_email() {
            rows.extend([
                (t.guidance_heading_written(), t.guidance_heading()),
                (t.guidance_list_written(), t.guidance_list()),
                (t.guidance_link_written(), t.guidance_link()),
                (t.guidance_bold_written(), t.guidance_bold()),
                (t.guidance_callout_written(), t.guidance_callout()),
                ("---".to_owned(), t.guidance_rule()),
                (t.guidance_english_written(), t.guidance_english()),
            ]);
        }
        Rendered::of(&Guidance { rows })
    }

    /// Buttons that write what the guidance below the form explains.
    fn inserts(&self) -> Inserts {
        let t = self.t;
        let mut inserts = vec![
            Insert::new(t.insert_value(), "((", "))"),
            Insert::new(t.insert_condition(), format!("(({}??", t.insert_condition_name()), "))"),
        ];
        if self.is_email() {
            inserts.extend([
                Insert::new(t.insert_heading(), "\n# ", ""),
                Insert::new(t.insert_subheading(), "\n## ", ""),
                Insert::new(t.insert_list(), "\n* ", ""),
                Insert::new(t.insert_numbers(), "\n1. ", ""),
                Insert::new(t.insert_link(), "[", "](https://)"),
                Insert::new(t.insert_bold(), "**", "**"),
                Insert::new(t.insert_callout(), "\n^ ", ""),
                Insert::new(t.insert_rule(), "\n\n---\n\n", ""),
                Insert::new(t.language_english(), "\n[[en]]\n", "\n[[/en]]\n"),
                Insert::new(t.language_french(), "\n[[fr]]\n", "\n[[/fr]]\n"),
            ]);
        }
        Inserts { label: t.inserts_label(), into: String::new(), inserts }
    }
}
