//! Error answers: what went wrong is data here, and becomes the callers' sentences at the edge
//! (API specification, section 0.5).

mod document;
mod limit;
mod refusal;
mod wording;

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use notify::report::ALLOWANCE;
use notify_store::inbox::InboxError;
use serde::Serialize;
use serde_json::{Map, Value};

pub use document::document;
pub use limit::LimitReached;
pub use refusal::{Message, Refusal, Row, TABLE};
pub use wording::{Wording, word};

/// An error answer: one status, one or more problems of that status.
///
/// A handler returns it; the layer [`word`] of the router gives it its body, because only the
/// router knows the installation's dialect and links.
#[derive(Clone, Debug)]
pub struct ApiError(Arc<Refused>);

#[derive(Clone, Debug)]
struct Refused {
    problems: Vec<Refusal>,
    beside: Map<String, Value>,
}

impl ApiError {
    /// All of `problems`, which should have the same status; identical ones are given once.
    pub fn all(problems: Vec<Refusal>) -> Self {
        let mut kept: Vec<Refusal> = Vec::with_capacity(problems.len());
        for problem in problems {
            if !kept.contains(&problem) {
                kept.push(problem);
            }
        }
        if kept.is_empty() {
            kept.push(Refusal::Internal);
        }
        Self(Arc::new(Refused { problems: kept, beside: Map::new() }))
    }

    /// The same answer with one more member beside `errors`. Never call it `message`: the Python
    /// client would show that and hide the errors.
    #[must_use]
    pub fn beside(mut self, name: &str, value: Value) -> Self {
        Arc::make_mut(&mut self.0).beside.insert(name.to_owned(), value);
        self
    }

    /// Something nobody foresaw: told to the log here, once, and to the caller without details.
    pub fn internal(cause: &(impl std::fmt::Display + ?Sized)) -> Self {
        tracing::error!(error = %cause, "a request failed for a reason of ours");
        Refusal::Internal.into()
    }

    /// What is wrong.
    pub fn problems(&self) -> &[Refusal] {
        &self.0.problems
    }

    fn status(&self) -> StatusCode {
        let status = self.0.problems.first().map_or(500, |problem| problem.row().status);
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The body in the v2 shape, or in the legacy shape for what never reached a route.
    fn body(&self, wording: &Wording) -> Value {
        if let [problem @ (Refusal::UnknownPath | Refusal::WrongMethod)] = self.problems() {
            return serde_json::json!({ "result": "error", "message": problem.message(wording) });
        }
        let errors: Vec<_> = self.problems().iter().map(|one| entry(one, wording)).collect();
        let mut body = Map::new();
        body.insert("status_code".to_owned(), self.status().as_u16().into());
        body.insert("errors".to_owned(), serde_json::json!(errors));
        body.extend(self.0.beside.clone());
        Value::Object(body)
    }
}

#[derive(Serialize)]
struct Entry {
    error: &'static str,
    message: Message,
    code: &'static str,
}

fn entry(problem: &Refusal, wording: &Wording) -> Entry {
    let error = problem.error(wording);
    Entry { error, message: problem.message(wording), code: problem.row().code }
}

impl From<Refusal> for ApiError {
    fn from(problem: Refusal) -> Self {
        Self::all(vec![problem])
    }
}

impl From<db::Error> for ApiError {
    /// A missing row is the 404 of section 0.5, a busy database asks to come back.
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Missing => Refusal::NoResultFound.into(),
            db::Error::Busy(_) => Refusal::Overloaded.into(),
            other => Self::internal(&other),
        }
    }
}

impl From<InboxError> for ApiError {
    fn from(error: InboxError) -> Self {
        match error {
            InboxError::Overloaded | InboxError::Stopping => Refusal::Overloaded.into(),
            InboxError::Database(error) => error.into(),
        }
    }
}

impl From<kernel::vault::VaultError> for ApiError {
    fn from(error: kernel::vault::VaultError) -> Self {
        Self::internal(&error)
    }
}

impl IntoResponse for ApiError {
    /// Only the status and the headers; the body is written by [`word`].
    fn into_response(self) -> Response {
        let mut answer = self.status().into_response();
        for problem in self.problems() {
            problem.headers(answer.headers_mut());
        }
        answer.extensions_mut().insert(self);
        answer
    }
}

impl Refusal {
    fn headers(&self, headers: &mut http::HeaderMap) {
        match self {
            Self::RateLimited { limit, retry_after, .. } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
                headers.insert("x-ratelimit-limit", HeaderValue::from(*limit));
                headers.insert("x-ratelimit-remaining", HeaderValue::from(0));
            }
            Self::ReportLimit { retry_after, reset } => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
                headers.insert("x-ratelimit-limit", HeaderValue::from(ALLOWANCE));
                headers.insert("x-ratelimit-remaining", HeaderValue::from(0));
                headers.insert("x-ratelimit-reset", HeaderValue::from(*reset));
            }
            Self::Overloaded => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from(1));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overloaded_server_says_when_to_come_back() {
        for error in [InboxError::Overloaded, InboxError::Database(db::Error::Busy(String::new()))]
        {
            let answer = ApiError::from(error).into_response();
            assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(answer.headers()[header::RETRY_AFTER], "1");
        }
    }

    #[test]
    fn codes_are_words_that_stand_once_in_the_table() {
        let mut codes: Vec<_> = TABLE.iter().map(|row| row.code).collect();
        codes.sort_unstable();
        let all = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), all, "two refusals share a code");
        let is_word =
            |code: &&str| code.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        assert!(codes.iter().all(is_word), "{codes:?}");
        assert!(TABLE.iter().all(|row| (400..600).contains(&row.status) && !row.errors.is_empty()));
    }

    #[test]
    fn identical_problems_are_told_once() {
        let wording = Wording { dialect: notify::Dialect::Gc, documentation: "".into() };
        let error = ApiError::all(vec![Refusal::NoRows, Refusal::Blank, Refusal::NoRows]);
        let body = error.beside("more", 7.into()).body(&wording);
        assert_eq!(body["errors"].as_array().map(Vec::len), Some(2));
        assert_eq!((&body["status_code"], &body["more"]), (&400.into(), &7.into()));
    }
}
