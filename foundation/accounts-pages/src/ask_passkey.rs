//! The form that asks the browser for a passkey, and the answer that brings it the question. Without script the form stays
//! hidden, and the other ways in stay.

use accounts::{Accounts, passkey};
use askama::{Template, filters::HtmlSafe};
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use ui::{Button, Rendered, Shell};
use web::PageError;

use crate::app::with_cookie;

/// The form. Script shows it where there are passkeys, fetches `options` and fills in the answer.
#[derive(Template)]
#[template(path = "ask_passkey.html")]
pub struct Question {
    /// The page it stands on.
    pub shell: Shell,
    /// Where the answer goes.
    pub action: &'static str,
    /// Where the question comes from.
    pub options: &'static str,
    /// Whether a passkey is made, rather than used.
    pub create: bool,
    /// Where to go afterwards.
    pub next: String,
    /// What is asked for besides.
    pub field: Option<Rendered>,
    /// What the button says.
    pub button: String,
    /// What is said when the device gave none.
    pub sorry: String,
}

impl HtmlSafe for Question {}

/// Brings a question to the browser: its state in a cookie, its options as JSON.
pub fn sent(accounts: &Accounts, asked: passkey::Asked) -> Result<Response, PageError> {
    let json = [(header::CONTENT_TYPE, "application/json")];
    let mut answer = (json, asked.options).into_response();
    with_cookie(answer.headers_mut(), &accounts.question_cookie(&asked.state))?;
    Ok(answer)
}
