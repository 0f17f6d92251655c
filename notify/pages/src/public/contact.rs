//! Writing to those who run the platform: a page that is there when the operator has said where its messages go
//! (administration specification, section P).

use accounts::SignedIn;
use askama::Template;
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{EmailAddress, Language, Letter};
use notify::screen::{self, Sensitive};
use notify_store::contact_message;
use serde::Deserialize;
use ui::{Button, Choice, ErrorSummary, Errors, InputKind, Radios, Shell, TextArea, TextInput};
use web::{Asked, Form, PageError, Reader, Routes, page};

use super::{Public, path, show::sibling};
use crate::words::Texts;

/// Where the page is.
pub const PATHS: [&str; 2] = ["/contact", "/nous-joindre"];

/// Longest message, in characters.
const LONGEST: usize = 2_000;
/// Longest name, in characters.
const LONGEST_NAME: usize = 255;

/// The letter to support, and the receipt.
const LETTERS: [&str; 2] = ["contact-message", "contact-receipt"];

/// What a message can be about.
const TOPICS: [&str; 5] = ["question", "problem", "idea", "accessibility", "other"];

pub fn routes() -> Routes<Public> {
    let mut routes = Routes::default();
    for language in [Language::English, Language::French] {
        let edit = move |State(public): State<Public>,
                         who: Option<SignedIn>,
                         reader: Reader,
                         Asked(done): Asked<Done>| async move {
            edit(&public, who.as_ref(), reader, (language, &done))
        };
        let send = move |State(public): State<Public>,
                         who: Option<SignedIn>,
                         reader: Reader,
                         Form(typed): Form<ContactForm>| async move {
            send(&public, who.as_ref(), reader, (language, typed)).await
        };
        routes = routes.get(path(PATHS, language), edit).post(path(PATHS, language), send);
    }
    routes
}

/// What was just done.
#[derive(Clone, Debug, Default, Deserialize)]
struct Done {
    #[serde(default)]
    sent: bool,
}

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
struct ContactForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email_address: String,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    message: String,
}

#[derive(Template)]
#[template(path = "public/contact.html")]
struct Contact {
    shell: Shell,
    t: Texts,
    form: ContactForm,
    errors: Errors,
    /// Where the answer goes, when the writer has signed in.
    known: Option<String>,
    topics: Vec<Choice>,
    action: &'static str,
}

impl Contact {
    fn language(&self) -> Language {
        self.shell.language
    }
}

fn edit(
    public: &Public,
    who: Option<&SignedIn>,
    reader: Reader,
    (language, done): (Language, &Done),
) -> Result<Response, PageError> {
    if let Some(elsewhere) = sibling(&reader, PATHS, language) {
        return Ok(elsewhere.into_response());
    }
    let form = (ContactForm::default(), Errors::default());
    let mut view = view(public, (&paired(reader, language), who), form);
    view.shell.done = done.sent.then(|| view.t.contact_done());
    Ok((Extension(page::Spoken(language)), page::show(&view)?).into_response())
}

fn paired(reader: Reader, language: Language) -> Reader {
    reader.paired(language, path(PATHS, language.other()))
}

fn view(
    public: &Public,
    (reader, who): (&Reader, Option<&SignedIn>),
    (form, errors): (ContactForm, Errors),
) -> Contact {
    let t = Texts(reader.language);
    let what = (PATHS, t.contact_title(), t.contact_intro());
    let shell = public.shell((reader, who), (what.0, &what.1, &what.2));
    Contact {
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        known: who.map(|who| who.person.email_address.clone()),
        topics: TOPICS.iter().map(|one| Choice::new(*one, topic(t, one), &form.topic)).collect(),
        action: path(PATHS, reader.language),
        form,
        errors,
    }
}

fn topic(t: Texts, topic: &str) -> String {
    match topic {
        "question" => t.contact_topic_question(),
        "problem" => t.contact_topic_problem(),
        "idea" => t.contact_topic_idea(),
        "accessibility" => t.contact_topic_accessibility(),
        _ => t.contact_topic_other(),
    }
}

/// A message that can be sent.
struct Checked {
    name: String,
    address: String,
    topic: &'static str,
    message: String,
}

async fn send(
    public: &Public,
    who: Option<&SignedIn>,
    reader: Reader,
    (language, typed): (Language, ContactForm),
) -> Result<Response, PageError> {
    let reader = paired(reader, language);
    let t = Texts(language);
    let mut errors = Errors::default();
    let Some(checked) = check(t, who, &typed, &mut errors) else {
        return refuse(
            StatusCode::UNPROCESSABLE_ENTITY,
            &view(public, (&reader, who), (typed, errors)),
        );
    };
    match post(public, who.is_some(), language, &checked).await {
        Ok(true) => {
            Ok(Redirect::to(&format!("{}?sent=true", path(PATHS, language))).into_response())
        }
        Ok(false) => {
            let errors = Errors::one("", t.contact_too_many());
            refuse(StatusCode::TOO_MANY_REQUESTS, &view(public, (&reader, who), (typed, errors)))
        }
        // What was typed is worth more than an error page.
        Err(error) => {
            tracing::error!("a message to support could not be posted: {error:?}");
            let errors = Errors::one("", t.contact_failed());
            refuse(StatusCode::SERVICE_UNAVAILABLE, &view(public, (&reader, who), (typed, errors)))
        }
    }
}

fn refuse(status: StatusCode, view: &Contact) -> Result<Response, PageError> {
    let page: Html<String> = page::show(view)?;
    Ok((status, page).into_response())
}

fn check(
    t: Texts,
    who: Option<&SignedIn>,
    typed: &ContactForm,
    errors: &mut Errors,
) -> Option<Checked> {
    let (name, address) = match who {
        Some(who) => (who.person.name.clone(), Some(who.person.email_address.clone())),
        None => (name(t, typed, errors), address(t, typed, errors)),
    };
    let topic = TOPICS.iter().find(|topic| **topic == typed.topic);
    if topic.is_none() {
        errors.add("topic", t.contact_topic_empty());
    }
    let message = typed.message.trim().replace("\r\n", "\n");
    match message.chars().count() {
        0 => errors.add("message", t.contact_message_empty()),
        length if length > LONGEST => {
            errors.add("message", t.contact_message_long(text::number(t.0, LONGEST as u64)));
        }
        _ => {}
    }
    for found in screen::sensitive(&message) {
        errors.add(
            "message",
            match found {
                Sensitive::SocialInsuranceNumber => t.contact_found_sin(),
                Sensitive::CardNumber => t.contact_found_card(),
                Sensitive::ApiKey => t.contact_found_key(),
            },
        );
    }
    let (address, topic) = (address?, topic?);
    errors.is_empty().then_some(Checked { name, address, topic, message })
}

fn name(t: Texts, typed: &ContactForm, errors: &mut Errors) -> String {
    let name = typed.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        errors.add("name", t.contact_name_empty());
    } else if name.chars().count() > LONGEST_NAME {
        errors.add("name", t.contact_name_long(LONGEST_NAME));
    }
    name
}

fn address(t: Texts, typed: &ContactForm, errors: &mut Errors) -> Option<String> {
    let read = EmailAddress::parse(typed.email_address.trim());
    if read.is_err() {
        errors.add("email_address", t.contact_address_invalid());
    }
    read.ok().map(|address| address.to_string())
}

/// Leaves the message and its receipt with the letters; `false` when too many were written lately. The receipt repeats
/// nothing that was typed: anybody could have typed anybody's address.
async fn post(
    public: &Public,
    signed_in: bool,
    language: Language,
    checked: &Checked,
) -> Result<bool, PageError> {
    let accounts = &public.accounts;
    let Some(support) = &public.support_address else { return Ok(false) };
    let (english, french) = (Texts(Language::English), Texts(Language::French));
    let known = |t: Texts| if signed_in { t.contact_known() } else { t.contact_stranger() };
    let topics = |letter: Letter| {
        letter
            .with("topic en", topic(english, checked.topic))
            .with("topic fr", topic(french, checked.topic))
    };
    let message = topics(Letter::new(LETTERS[0], &**support, language))
        .with("name", &checked.name)
        .with("address", &checked.address)
        .with("known en", known(english))
        .with("known fr", known(french))
        .with("message", &checked.message);
    let receipt = topics(Letter::new(LETTERS[1], &checked.address, language));
    let now = accounts.clock.now();
    let tx = accounts.db.begin().await?;
    if !contact_message::note(&tx, &accounts.vault, &checked.address, now).await? {
        return Ok(false);
    }
    accounts.post.hand(&tx, message).await?;
    accounts.post.hand(&tx, receipt).await?;
    tx.commit().await?;
    Ok(true)
}
