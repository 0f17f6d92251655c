//! The addresses that recipients may reply to.

use accounts::{OnTeam, ServiceId, gate::ManageService};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use kernel::{EmailAddress, Language};
use notify_store::{
    ReplyToId,
    reply_to::{self, Refusal},
};
use serde::Deserialize;
use ui::{
    BackLink, Button, ButtonKind, Checkbox, ErrorSummary, Errors, InputKind, Shell, TextInput,
};
use web::{Form, PageError, Reader, page};

use super::{Done, path};
use crate::{app::App, words::Texts};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AddressForm {
    #[serde(default)]
    email_address: String,
    #[serde(default)]
    default: String,
}

/// Nothing is typed.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Nothing {}

#[derive(Template)]
#[template(path = "settings/reply_to.html")]
struct ReplyTo {
    shell: Shell,
    t: Texts,
    errors: Errors,
    form: AddressForm,
    addresses: Vec<reply_to::Model>,
    back: String,
}

impl ReplyTo {
    fn language(&self) -> Language {
        self.shell.language
    }

    /// The default stays while there are others.
    fn removable(&self, address: &reply_to::Model) -> bool {
        !address.is_default || self.addresses.len() == 1
    }
}

/// `GET /services/{service}/settings/reply-to`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Query(done): Query<Done>,
) -> Result<Html<String>, PageError> {
    let nothing = (AddressForm::default(), Errors::default());
    let mut view = view(&app, &team, &reader, nothing).await?;
    view.shell.done = (done.done == "saved").then(|| view.t.settings_done());
    page::show(&view)
}

async fn view(
    app: &App,
    team: &OnTeam<ManageService>,
    reader: &Reader,
    (form, errors): (AddressForm, Errors),
) -> Result<ReplyTo, PageError> {
    let t = Texts(reader.language);
    let addresses = reply_to::list(app.accounts.db.read(), team.id()).await?;
    let shell = app.service_page(reader, team, t.settings_reply_to());
    let shell = if errors.is_empty() { shell } else { shell.failed() };
    Ok(ReplyTo { shell, t, errors, form, addresses, back: path(team.id()) })
}

/// `POST /services/{service}/settings/reply-to`
pub async fn add(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    reader: Reader,
    Form(typed): Form<AddressForm>,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let refused = |words: String| Errors::one("email_address", words);
    let Ok(address) = EmailAddress::parse(&typed.email_address) else {
        let wrong = refused(t.settings_reply_to_wrong());
        let view = view(&app, &team, &reader, (typed, wrong)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
    };
    let tx = app.accounts.db.begin().await?;
    let as_default = typed.default == "yes";
    match reply_to::add(&tx, &team.stamp(), team.id(), &address, as_default).await {
        Ok(_) => tx.commit().await?,
        Err(Refusal::Taken) => {
            drop(tx);
            let taken = refused(t.settings_reply_to_taken());
            let view = view(&app, &team, &reader, (typed, taken)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page::show(&view)?).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    Ok(back(&team).into_response())
}

/// `POST /services/{service}/settings/reply-to/{address}/default`
pub async fn make_default(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    Path((_, id)): Path<(ServiceId, ReplyToId)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    match reply_to::make_default(&tx, &team.stamp(), team.id(), id).await {
        Ok(_) => tx.commit().await?,
        Err(db::Error::Missing) => return Err(PageError::Missing),
        Err(error) => return Err(error.into()),
    }
    Ok(back(&team))
}

#[derive(Template)]
#[template(path = "settings/reply_to_remove.html")]
struct RemoveReplyTo {
    shell: Shell,
    t: Texts,
    address: String,
    action: String,
    back: String,
}

impl RemoveReplyTo {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/settings/reply-to/{address}/remove`
pub async fn ask(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    Path((_, id)): Path<(ServiceId, ReplyToId)>,
    reader: Reader,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let row = reply_to::find(app.accounts.db.read(), team.id(), id).await?;
    let row = row.ok_or(PageError::Missing)?;
    let back = format!("{}/reply-to", path(team.id()));
    page::show(&RemoveReplyTo {
        shell: app.service_page(&reader, &team, t.settings_reply_to_remove_title()),
        t,
        address: row.email_address,
        action: format!("{back}/{id}/remove"),
        back,
    })
}

/// `POST /services/{service}/settings/reply-to/{address}/remove`
pub async fn remove(
    State(app): State<App>,
    team: OnTeam<ManageService>,
    Path((_, id)): Path<(ServiceId, ReplyToId)>,
    Form(Nothing {}): Form<Nothing>,
) -> Result<Redirect, PageError> {
    let tx = app.accounts.db.begin().await?;
    match reply_to::remove(&tx, &team.stamp(), team.id(), id).await {
        Ok(()) => tx.commit().await?,
        Err(Refusal::Store(db::Error::Missing)) => return Err(PageError::Missing),
        Err(Refusal::IsDefault) => {
            return Err(PageError::Refused("the default stays while there are others".to_owned()));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(back(&team))
}

fn back(team: &OnTeam<ManageService>) -> Redirect {
    Redirect::to(&format!("{}/reply-to?done=saved", path(team.id())))
}
