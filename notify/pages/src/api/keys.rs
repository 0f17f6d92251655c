//! A new key. Its secret stands on the answer to the form, once, and in no address.

use accounts::{
    Capabilities, Capability, Issued, KeyKind, OnTeam,
    api_key::{self, IssueError, NewKey},
    gate::CreateKeys,
};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use kernel::Language;
use serde::Deserialize;
use ui::{
    BackLink, Button, Checkboxes, Choice, Copyable, ErrorSummary, Errors, Radios, Shell, TextInput,
};
use web::{Form, PageError, Reader, page};

use super::{capability_name, kind_name, path};
use crate::{app::App, notice, words::Texts};

/// Longest name of a key, in characters (admin specification, section K.3).
const LONGEST_NAME: usize = 255;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct KeyForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    capability: Vec<String>,
}

#[derive(Template)]
#[template(path = "api/new.html")]
struct New {
    shell: Shell,
    t: Texts,
    form: KeyForm,
    errors: Errors,
    kinds: Vec<Choice>,
    capabilities: Vec<Choice>,
    back: String,
}

impl New {
    fn language(&self) -> Language {
        self.shell.language
    }
}

#[derive(Template)]
#[template(path = "api/made.html")]
struct Made {
    shell: Shell,
    t: Texts,
    secret: Copyable,
    back: String,
}

/// `GET /services/{service}/api/keys/new`
pub async fn edit(
    State(app): State<App>,
    team: OnTeam<CreateKeys>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    page::show(&form(&app, &team, &reader, KeyForm::default(), Errors::default()))
}

/// `POST /services/{service}/api/keys/new`: the only page that ever shows the secret.
pub async fn save(
    State(app): State<App>,
    team: OnTeam<CreateKeys>,
    reader: Reader,
    Form(typed): Form<KeyForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let made = match typed.read(t, team.service.trial) {
        Ok(wanted) => make(&app, &team, t, &wanted).await?,
        Err(errors) => Err(errors),
    };
    match made {
        Ok(issued) => {
            let full = issued.full.expose().to_owned();
            let (language, label) = (reader.language, t.api_key_secret());
            let id = "secret".to_owned();
            let shell = app.service_page(&reader, &team, t.api_key_made_title());
            let secret = Copyable { language, id, label, value: full, ..Copyable::default() };
            let made = Made { shell, t, secret, back: path(team.id()) };
            Ok(page::show(&made)?.into_response())
        }
        Err(errors) => {
            let form = form(&app, &team, &reader, typed, errors);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&form)?).into_response())
        }
    }
}

async fn make(
    app: &App,
    team: &OnTeam<CreateKeys>,
    t: Texts,
    wanted: &NewKey,
) -> Result<Result<Issued, Errors>, PageError> {
    let (accounts, stamp) = (&app.accounts, team.stamp());
    let tx = accounts.db.begin().await?;
    match api_key::issue(&tx, &accounts.vault, &stamp, team.id(), wanted).await {
        Ok(issued) => {
            let values = [
                ("key", wanted.name.clone()),
                ("person", team.who.person.name.clone()),
                ("kind en", kind_name(Texts(Language::English), wanted.kind)),
                ("kind fr", kind_name(Texts(Language::French), wanted.kind)),
            ];
            for letter in notice::of_key(accounts, &team.service, "key-created", &values).await? {
                accounts.post.hand(&tx, letter).await?;
            }
            tx.commit().await?;
            Ok(Ok(issued))
        }
        Err(IssueError::Store(error)) if error.is_conflict("uq_api_key_service_id_name") => {
            Ok(Err(Errors::one("name", t.api_key_name_taken())))
        }
        Err(error) => Err(error.into()),
    }
}

fn form(
    app: &App,
    team: &OnTeam<CreateKeys>,
    reader: &Reader,
    form: KeyForm,
    errors: Errors,
) -> New {
    let t = Texts(reader.language);
    let shell = app.service_page(reader, team, t.api_key_new());
    let kinds = KeyKind::ALL.into_iter().map(|kind| {
        let (hint, disabled) = match kind {
            KeyKind::Normal if team.service.trial => (t.api_key_kind_normal_trial(), true),
            KeyKind::Normal => (t.api_key_kind_normal_hint(), false),
            KeyKind::Team => (t.api_key_kind_team_hint(), false),
            KeyKind::Test => (t.api_key_kind_test_hint(), false),
        };
        let choice = Choice::new(kind.word(), kind_name(t, kind), &form.kind).hint(hint);
        Choice { disabled, ..choice }
    });
    let capabilities = Capability::ALL.into_iter().map(|capability| {
        let choice = Choice::new(capability.word(), capability_name(t, capability), "");
        Choice { chosen: form.capability.iter().any(|one| one == capability.word()), ..choice }
    });
    New {
        kinds: kinds.collect(),
        capabilities: capabilities.collect(),
        shell: if errors.is_empty() { shell } else { shell.failed() },
        t,
        errors,
        form,
        back: path(team.id()),
    }
}

impl KeyForm {
    fn read(&self, t: Texts, trial: bool) -> Result<NewKey, Errors> {
        let mut errors = Errors::default();
        let name = self.name.trim();
        if name.is_empty() {
            errors.add("name", t.api_key_name_empty());
        } else if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            errors.add("name", t.api_key_name_long(LONGEST_NAME));
        }
        let kind: Option<KeyKind> = self.kind.parse().ok();
        match kind {
            None => errors.add("kind", t.api_key_kind_empty()),
            Some(KeyKind::Normal) if trial => errors.add("kind", t.api_key_kind_normal_trial()),
            Some(_) => {}
        }
        let capabilities = self.capability.iter().filter_map(|one| one.parse().ok());
        let capabilities = capabilities.collect::<Capabilities>();
        match kind.filter(|_| errors.is_empty()) {
            Some(kind) => Ok(NewKey { name: name.to_owned(), kind, capabilities }),
            None => Err(errors),
        }
    }
}
