//! Every component on a page, in both languages and in its states, for a browser and for eyes.

mod shown;

use askama::Template;
use axum::{
    Json, Router,
    extract::{Form, Query},
    http::HeaderValue,
    middleware::map_response,
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};
use kernel::Language;
use serde::Deserialize;
use serde_json::{Value, json};
use ui::{
    BackLink, Button, ButtonKind, ButtonLink, Checkbox, Checkboxes, Choice, CodeInput, Counter,
    ErrorSummary, Errors, FileInput, InputKind, Insert, Inserts, PasswordInput, Preview, Radios,
    Rendered, Select, Selected, Steps, TextArea, TextInput, Width,
};
use web::{PageError, Reader, page};

/// What the parts must make do with: nothing inline, nothing foreign.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
     font-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'",
);

/// The gallery's pages and the addresses that their parts ask.
pub fn router() -> Router {
    Router::new()
        .route("/form", get(form))
        .route("/shown", get(shown::show))
        .route("/figures", get(shown::figures))
        .route("/count", post(count))
        .route("/preview", post(preview))
        .route("/events", get(shown::events))
        .route("/news", get(shown::news))
        .route("/passkey/options", post(challenge))
        .route("/passkey", post(answered))
        .layer(map_response(kept_safe))
        .route("/frame", get(frame))
        .merge(page::assets())
}

async fn kept_safe(mut answer: Response) -> Response {
    answer.headers_mut().insert("content-security-policy", POLICY);
    answer
}

/// English or French, as the page is.
#[derive(Clone, Copy)]
struct Say(Language);

impl Say {
    fn of(self, english: &str, french: &str) -> String {
        match self.0 {
            Language::English => english.to_owned(),
            Language::French => french.to_owned(),
        }
    }
}

#[derive(Deserialize)]
struct Wanted {
    wrong: Option<String>,
}

#[derive(Template)]
#[template(path = "gallery/form.html")]
struct FormPage {
    title: String,
    t: Say,
    errors: Errors,
}

async fn form(reader: Reader, Query(wanted): Query<Wanted>) -> Result<Html<String>, PageError> {
    let t = Say(reader.language);
    let title = t.of("Invite a team member", "Inviter une personne dans l’équipe");
    let mut errors = Errors::new();
    if wanted.wrong.is_some() {
        let wrong = t
            .of("Enter a name, like “Ada Lovelace”", "Entrez un nom, par exemple « Ada Lovelace »");
        for field in
            ["name", "email", "password", "code", "body", "channel", "may", "zone", "file", "agree"]
        {
            errors.add(field, wrong.clone());
        }
    }
    page::show(&FormPage { title, t, errors })
}

impl FormPage {
    fn channels(&self) -> Vec<Choice> {
        let number = TextInput {
            name: "number".to_owned(),
            label: self.t.of("Phone number", "Numéro de téléphone"),
            kind: InputKind::Tel,
            autocomplete: "tel",
            width: Width::Long,
            ..TextInput::default()
        };
        vec![
            Choice::new("email", self.t.of("Email", "Courriel"), "sms"),
            Choice::new("sms", self.t.of("Text message", "Message texte"), "sms")
                .hint(self.t.of("Charged by the part", "Facturé à la partie"))
                .reveal(&number),
            Choice {
                disabled: true,
                hint: Some(self.t.of("Not offered yet", "Pas encore offert")),
                ..Choice::new("post", self.t.of("Letter", "Lettre"), "sms")
            },
        ]
    }

    fn permissions(&self) -> Vec<Choice> {
        vec![
            Choice::new("see", self.t.of("See activity", "Voir l’activité"), "see"),
            Choice::new("send", self.t.of("Send messages", "Envoyer des messages"), "see"),
            Choice {
                lang: Some(self.t.0.other()),
                ..Choice::new("other", Say(self.t.0.other()).of("English", "Français"), "see")
            },
        ]
    }

    fn zones(&self) -> Vec<Choice> {
        ["America/Toronto", "America/Halifax", "America/Vancouver"]
            .map(|zone| Choice::new(zone, zone, "America/Halifax"))
            .to_vec()
    }

    fn inserts(&self) -> Inserts {
        let inserts = vec![
            Insert::new(self.t.of("Bold", "Gras"), "**", "**"),
            Insert::new(self.t.of("Field", "Champ"), "((", "))"),
        ];
        Inserts { label: self.t.of("Insert", "Insérer"), inserts, ..Inserts::default() }
    }

    fn first(&self) -> Rendered {
        Rendered::words(&self.t.of("Nothing typed yet", "Rien de saisi encore"))
    }
}

#[derive(Deserialize)]
struct Typed {
    #[serde(default)]
    body: String,
}

async fn count(Form(typed): Form<Typed>) -> String {
    format!("{} characters", typed.body.chars().count())
}

async fn preview(Form(typed): Form<Typed>) -> Html<String> {
    Html(Rendered::words(&typed.body).to_string())
}

/// What a browser is asked before it makes a passkey.
async fn challenge() -> Json<Value> {
    Json(json!({"publicKey": {
        "rp": {"id": "localhost", "name": "Portico"},
        "user": {"id": "dXNlcg", "name": "noor@example.gc.ca", "displayName": "Noor"},
        "challenge": "Y2hhbGxlbmdl",
        "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
    }}))
}

#[derive(Deserialize)]
struct Answered {
    credential: String,
}

async fn answered(Form(answered): Form<Answered>) -> String {
    answered.credential
}

async fn frame() -> impl IntoResponse {
    let policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
    let mail = "<!doctype html><html lang=en><title>Mail</title><body style='font-family:sans-serif;margin:24px'>\
        <p>Hello Ada,</p><p>Your application was received.</p>";
    ([("content-security-policy", policy)], Html(mail))
}
