//! Who may be written to while on trial and with a team key: five addresses and five numbers.

use accounts::{OnTeam, gate::ManageKeys};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{EmailAddress, Language, PhoneNumber};
use notify::Channel;
use notify_store::safelist;
use serde::Deserialize;
use ui::{BackLink, Button, ErrorSummary, Errors, InputKind, Shell, TextInput};
use web::{Form, PageError, Reader, page};

use super::path;
use crate::{app::App, words::Texts};

/// How many of each there are (admin specification, section K.5).
const PLACES: usize = 5;

/// What was typed, in the order of the fields.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SafelistForm {
    #[serde(default)]
    email: Vec<String>,
    #[serde(default)]
    phone: Vec<String>,
}

#[derive(Template)]
#[template(path = "api/safelist.html")]
struct Safelist {
    shell: Shell,
    t: Texts,
    errors: Errors,
    emails: Vec<TextInput>,
    phones: Vec<TextInput>,
    back: String,
}

impl Safelist {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/api/safelist`
pub async fn edit(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let mut form = SafelistForm::default();
    for entry in safelist::list(app.accounts.db.read(), team.id()).await? {
        match entry.channel.0 {
            Channel::Email => form.email.push(entry.recipient),
            Channel::Sms => form.phone.push(entry.recipient),
        }
    }
    page::show(&view(&app, &team, &reader, &form, Errors::default()))
}

/// `POST /services/{service}/api/safelist`: the list is afterwards what was typed; empty fields are left out.
pub async fn save(
    State(app): State<App>,
    team: OnTeam<ManageKeys>,
    reader: Reader,
    Form(typed): Form<SafelistForm>,
) -> Result<Response, PageError> {
    let wanted = match typed.read(Texts(reader.language)) {
        Ok(wanted) => wanted,
        Err(errors) => {
            let view = view(&app, &team, &reader, &typed, errors);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
        }
    };
    let (stamp, service) = (team.stamp(), team.id());
    let tx = app.accounts.db.begin().await?;
    for entry in safelist::list(&tx, service).await? {
        let known = (entry.channel.0, entry.recipient);
        if !wanted.contains(&known) {
            safelist::remove(&tx, &stamp, service, (known.0, &known.1)).await?;
        }
    }
    for (channel, recipient) in &wanted {
        safelist::add(&tx, &stamp, service, (*channel, recipient)).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("{}?done=safelist", path(service))).into_response())
}

fn view(
    app: &App,
    team: &OnTeam<ManageKeys>,
    reader: &Reader,
    form: &SafelistForm,
    errors: Errors,
) -> Safelist {
    let t = Texts(reader.language);
    let shell = app.service_page(reader, team, t.api_safelist_title());
    let fields = |name: &str, typed: &[String], kind: InputKind| {
        // A list that was made from a shell may be longer; whoever changes it takes out what is too much.
        let places = PLACES.max(typed.len());
        let field = |index: usize| {
            let id = format!("{name}-{}", index + 1);
            let label = match kind {
                InputKind::Email => t.api_safelist_email_nth(index + 1),
                _ => t.api_safelist_phone_nth(index + 1),
            };
            let value = typed.get(index).cloned().unwrap_or_default();
            let (error, name) = (errors.of(&id), name.to_owned());
            TextInput { name, id, label, value, error, kind, ..TextInput::default() }
        };
        (0..places).map(field).collect()
    };
    Safelist {
        emails: fields("email", &form.email, InputKind::Email),
        phones: fields("phone", &form.phone, InputKind::Tel),
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        errors,
        back: path(team.id()),
    }
}

/// Whether the places before this one are used up already.
fn too_many(typed: &[String], index: usize) -> bool {
    typed.iter().take(index).filter(|one| !one.trim().is_empty()).count() >= PLACES
}

impl SafelistForm {
    /// The list in the form that is compared, or what is wrong at which field.
    fn read(&self, t: Texts) -> Result<Vec<(Channel, String)>, Errors> {
        let mut errors = Errors::default();
        let mut list = Vec::new();
        for (index, typed) in self.email.iter().enumerate() {
            match EmailAddress::parse(typed) {
                _ if typed.trim().is_empty() => {}
                _ if too_many(&self.email, index) => {
                    errors.add(format!("email-{}", index + 1), t.api_safelist_many(PLACES));
                }
                Ok(address) => list.push((Channel::Email, address.normalised())),
                Err(_) => errors.add(format!("email-{}", index + 1), t.api_safelist_email_wrong()),
            }
        }
        for (index, typed) in self.phone.iter().enumerate() {
            match PhoneNumber::parse(typed).and_then(PhoneNumber::sendable) {
                _ if typed.trim().is_empty() => {}
                _ if too_many(&self.phone, index) => {
                    errors.add(format!("phone-{}", index + 1), t.api_safelist_many(PLACES));
                }
                Ok(number) => list.push((Channel::Sms, number.e164().to_owned())),
                Err(why) => {
                    let words = match t.0 {
                        Language::English => why.explanation(),
                        Language::French => why.explanation_fr(),
                    };
                    errors.add(format!("phone-{}", index + 1), words);
                }
            }
        }
        if errors.is_empty() { Ok(list) } else { Err(errors) }
    }
}
