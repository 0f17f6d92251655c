//! Sending one message: who and which values, a look at it as it will arrive, then off.

mod own;
mod refusal;
mod way;

use accounts::{OnTeam, gate::SendMessages};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::Language;
use notify::{Channel, email, sms};
use notify_store::{
    TemplateId,
    dispatch::{NotSent, One, Prepared},
    template,
};
use serde::Deserialize;
use ui::{
    BackLink, Bubble, Button, ButtonKind, Cell, Choice, ErrorSummary, Errors, InputKind, Radios,
    Rendered, Shell, SummaryList, SummaryRow, Tabs, TextArea, TextInput,
};
use web::{At, Form, PageError, Reader, Routes, page};

pub use self::way::{Way, ways};
use crate::{app::App, frame, words::Texts};

pub fn routes() -> Routes<App> {
    let send = "/services/{service}/templates/{template}/send";
    Routes::default()
        .get(send, edit)
        .get(&format!("{send}/self"), own::show)
        .post(&format!("{send}/check"), check)
        .post(&format!("{send}/change"), change)
        .post(send, send_off)
}

/// Which template of the service.
#[derive(Clone, Copy, Deserialize)]
struct Which {
    template: TemplateId,
}

/// Everything typed, as names and values: `to`, `form`, and `v:` before each placeholder.
type Typed = Vec<(String, String)>;

/// What goes before a placeholder's name in the name of its field.
const VALUE: &str = "v:";

fn field<'a>(typed: &'a Typed, name: &str) -> &'a str {
    typed.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
}

fn one(template: TemplateId, typed: &Typed) -> One {
    let values = typed.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix(VALUE)?;
        Some((name.to_owned(), value.replace("\r\n", "\n")))
    });
    One {
        template,
        to: field(typed, "to").trim().to_owned(),
        values: values.collect(),
        sender: None,
        scheduled_for: None,
        form: Some(field(typed, "form").chars().take(100).collect()),
    }
}

/// A field for a placeholder; its component is ready to be shown.
struct Field {
    component: Rendered,
}

#[derive(Template)]
#[template(path = "send/edit.html")]
struct EditMessage {
    shell: Shell,
    t: Texts,
    errors: Errors,
    way: Way,
    ways: Tabs,
    channel: Channel,
    to: String,
    own: Option<String>,
    fields: Vec<Field>,
    form: String,
    back: String,
    action: String,
    trial: bool,
}

/// `GET …/send`
async fn edit(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let typed = vec![("form".to_owned(), token(&app)?)];
    page::show(&draw(&app, &team, (which, &reader), &typed, Errors::default()).await?)
}

/// What makes a form one form, however often it is sent.
fn token(app: &App) -> Result<String, PageError> {
    let token = app.accounts.vault.random_bytes::<16>()?;
    Ok(token.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// `POST …/send/change`: back to the form with everything as it was typed.
async fn change(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
    Form(typed): Form<Typed>,
) -> Result<Html<String>, PageError> {
    page::show(&draw(&app, &team, (which, &reader), &typed, Errors::default()).await?)
}

async fn draw(
    app: &App,
    team: &OnTeam<SendMessages>,
    (which, reader): (Which, &Reader),
    typed: &Typed,
    errors: Errors,
) -> Result<EditMessage, PageError> {
    let t = Texts(reader.language);
    let current = template::current(app.accounts.db.read(), team.id(), which.template).await?;
    let current = current.filter(|one| one.head.archived_at.is_none()).ok_or(PageError::Missing)?;
    let channel = current.head.channel.0;
    let here = frame::at(team.id(), &format!("/templates/{}", current.head.id));
    let shell = app.service_page(reader, team, t.send_title(&current.head.name));
    let person = &team.who.person;
    let read = current.head.read(&current.text);
    let names = read.placeholders();
    // A name that also stands alone needs its words, and not only a yes or a no.
    let alone = |name: &str| {
        let gap = format!("(({name}))");
        let subject = current.text.subject.as_deref().unwrap_or_default();
        subject.contains(&gap) || current.text.body.contains(&gap)
    };
    let fields = names.iter().enumerate().map(|(nth, (name, conditional))| Field {
        component: value_field(t, (nth, name, *conditional && !alone(name)), typed, &errors),
    });
    // Who cannot have a message at their own address must be able to type another.
    let is_own = field(typed, "way") == "self" && errors.of("to").is_none();
    let way = if is_own { Way::Own } else { Way::One };
    Ok(EditMessage {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        way,
        ways: ways(t, &format!("{here}/send"), way),
        channel,
        to: field(typed, "to").to_owned(),
        own: own::address(channel, person),
        fields: fields.collect(),
        form: field(typed, "form").to_owned(),
        back: here.clone(),
        action: format!("{here}/send/check"),
        trial: team.service.trial && !is_own,
        errors,
    })
}

fn value_field(
    t: Texts,
    (nth, name, conditional): (usize, &str, bool),
    typed: &Typed,
    errors: &Errors,
) -> Rendered {
    let (id, key) = (format!("value-{nth}"), format!("{VALUE}{name}"));
    let value = field(typed, &key);
    let error = errors.of(&id);
    if conditional {
        let choices = vec![Choice::new("yes", t.yes(), value), Choice::new("no", t.no(), value)];
        let (legend, hint) = (name.to_owned(), Some(t.send_conditional_hint()));
        return Rendered::of(&Radios {
            name: key,
            id,
            legend,
            hint,
            error,
            choices,
            inline: true,
            ..Radios::default()
        });
    }
    Rendered::of(&TextArea {
        name: key,
        id,
        label: name.to_owned(),
        value: value.to_owned(),
        error,
        rows: 2,
        ..TextArea::default()
    })
}

#[derive(Template)]
#[template(path = "send/check.html")]
struct CheckMessage {
    shell: Shell,
    t: Texts,
    facts: SummaryList,
    text: Option<Bubble>,
    plain: Option<String>,
    typed: Typed,
    change: String,
    action: String,
}

/// `POST …/send/check`: the message as it will arrive, with the numbers that matter.
async fn check(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let message = one(which.template, &typed);
    match app.dispatch.prepare_one(team.id(), &message).await {
        Ok(prepared) => {
            let page = checked(&app, &team, &reader, (&prepared, typed))?;
            Ok(page::show(&page)?.into_response())
        }
        Err(why) => refuse(&app, &team, (which, &reader), (typed, why)).await,
    }
}

fn checked(
    app: &App,
    team: &OnTeam<SendMessages>,
    reader: &Reader,
    (prepared, typed): (&Prepared, Typed),
) -> Result<CheckMessage, PageError> {
    let t = Texts(reader.language);
    let ready = &prepared.ready;
    let mut rows =
        vec![SummaryRow::new(t.message_to(), Cell::Text(field(&typed, "to").to_owned()))];
    let (mut text, mut plain) = (None, None);
    let mut left = t.send_left_emails(number(t, ready.quota.daily_left));
    if ready.channel() == Channel::Email {
        let mail = email::render(&ready.template, &prepared.values, &email::Look::default())?;
        let from = app.sender_line(&ready.service, &ready.setting);
        rows.insert(0, SummaryRow::new(t.message_from(), Cell::Text(from)));
        rows.push(SummaryRow::new(t.message_subject(), Cell::Text(mail.subject)));
        plain = Some(mail.plain);
    } else {
        let language = ready.template.languages().of_words();
        let body = ready.template.body();
        let sent = sms::Text::render(body, &prepared.values, ready.prefix(), language);
        text = Some(Bubble { text: sent.message().to_owned(), ..Bubble::default() });
        rows.push(SummaryRow::new(
            t.message_parts(),
            Cell::Text(prepared.filled.parts.to_string()),
        ));
        left = t.send_left_parts(number(t, ready.quota.daily_left));
    }
    rows.push(SummaryRow::new(t.send_left(), Cell::Text(left)));
    let here = frame::at(team.id(), &format!("/templates/{}/send", ready.head.id));
    Ok(CheckMessage {
        shell: app.service_page(reader, team, t.send_check_title()),
        t,
        facts: SummaryList { rows },
        text,
        plain,
        typed: typed.into_iter().filter(|(name, _)| name != "csrf").collect(),
        change: format!("{here}/change"),
        action: here,
    })
}

fn number(t: Texts, count: i64) -> String {
    text::number(t.0, u64::try_from(count).unwrap_or(0))
}

/// `POST …/send`: accepts the message; the same form sent twice sends one.
async fn send_off(
    State(app): State<App>,
    team: OnTeam<SendMessages>,
    At(which): At<Which>,
    reader: Reader,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let message = one(which.template, &typed);
    match app.dispatch.send_one(team.id(), team.who.person.id, message).await {
        Ok(sent) => {
            let path = format!("/messages/{}?done=sent", sent.id);
            Ok(Redirect::to(&frame::at(team.id(), &path)).into_response())
        }
        Err(why) => refuse(&app, &team, (which, &reader), (typed, why)).await,
    }
}

/// The form again with the reason, at the field that it is about.
async fn refuse(
    app: &App,
    team: &OnTeam<SendMessages>,
    at: (Which, &Reader),
    (typed, why): (Typed, NotSent),
) -> Result<Response, PageError> {
    let t = Texts(at.1.language);
    let current = template::current(app.accounts.db.read(), team.id(), at.0.template).await?;
    let current = current.ok_or(PageError::Missing)?;
    let read = current.head.read(&current.text);
    let names: Vec<&str> = read.placeholders().into_iter().map(|(name, _)| name).collect();
    let errors = refusal::errors(t, why, (read.channel(), &names))?;
    let page = draw(app, team, at, &typed, errors).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&page)?).into_response())
}

impl EditMessage {
    fn language(&self) -> Language {
        self.shell.language
    }

    fn is_own(&self) -> bool {
        self.way == Way::Own
    }

    fn recipient(&self) -> TextInput {
        let (label, kind) = match self.channel {
            Channel::Email => (self.t.send_to_address(), InputKind::Email),
            Channel::Sms => (self.t.send_to_number(), InputKind::Tel),
        };
        TextInput {
            name: "to".to_owned(),
            label,
            hint: self.own.as_ref().map(|own| self.t.send_to_own(own)),
            value: self.to.clone(),
            error: self.errors.of("to"),
            kind,
            no_spellcheck: true,
            ..TextInput::default()
        }
    }
}
