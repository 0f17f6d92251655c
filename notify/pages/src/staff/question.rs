//! The question before staff do something to a service or a person, with the reason.

use accounts::SignedIn;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::Language;
use ui::{BackLink, Button, ButtonKind, ErrorSummary, Errors, Shell, TextArea};
use web::{PageError, Reader, page};

use crate::{app::App, words::Texts};

/// What is asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is to be done, as a verb.
    pub deed: String,
    /// To whom or what.
    pub about: String,
    /// What follows from it.
    pub effect: String,
    /// Whether it is for good.
    pub is_final: bool,
    /// Where the answer goes.
    pub action: String,
    /// Where it is not answered.
    pub back: String,
}

#[derive(Template)]
#[template(path = "staff/deed.html")]
struct Question {
    shell: Shell,
    t: Texts,
    asked: Asked,
    button: Button,
    reason: String,
    errors: Errors,
}

impl Question {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// The page that asks; with what is wrong, after an answer that was refused.
pub fn show(
    app: &App,
    who: &SignedIn,
    reader: &Reader,
    asked: Asked,
    (reason, errors): (String, Errors),
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let shell = app.page(reader, who, asked.deed.clone());
    let refused = !errors.is_empty();
    let kind = if asked.is_final { ButtonKind::Danger } else { ButtonKind::Primary };
    let button = Button { text: asked.deed.clone(), kind, ..Button::default() };
    let shell = if refused { shell.failed() } else { shell };
    let page = page::show(&Question { shell, t, asked, button, reason, errors })?;
    let status = if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok((status, page).into_response())
}
