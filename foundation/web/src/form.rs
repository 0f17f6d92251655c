//! What a reader sends: forms and uploads, taken only from pages of ours that the reader's own browser was shown.

use axum::{
    body::Bytes,
    extract::{
        FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::{PageError, visit::Visit};

/// The field that carries the proof.
const PROOF: &str = "csrf";

/// Largest form without a file, in bytes: the longest template is 50,000 characters, each up to 12 bytes when encoded.
pub const LARGEST_FORM: usize = 1 << 20;

/// A form's fields. A field that may come more than once is a `Vec` with `#[serde(default)]`.
///
/// # Errors
/// [`PageError::Stale`] when the form was not made for this browser, [`PageError::TooLarge`], and
/// [`PageError::Refused`] for what cannot be read as a `T`.
#[derive(Clone, Copy, Debug)]
pub struct Form<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let visit = doorkept(&request)?;
        let body = axum::body::to_bytes(request.into_body(), LARGEST_FORM)
            .await
            .map_err(|_| PageError::TooLarge)?;
        let _ = state;
        let proof = form_urlencoded::parse(&body).find(|(name, _)| name == PROOF);
        if !proof.is_some_and(|(_, value)| visit.proves(&value)) {
            return Err(PageError::Stale);
        }
        let read = serde_html_form::from_bytes(&body);
        read.map(Self).map_err(|error| PageError::Refused(error.to_string()))
    }
}

/// A form with one file. The field `csrf` stands before the file; `LIMIT` is the most bytes of the whole.
#[derive(Clone, Debug)]
pub struct Upload<const LIMIT: usize> {
    /// The plain fields in the order in which they stand.
    pub fields: Vec<(String, String)>,
    /// The file, unless none was chosen.
    pub file: Option<File>,
}

/// A file as a browser sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name on the reader's machine.
    pub name: String,
    /// Its content.
    pub content: Bytes,
}

impl<const LIMIT: usize> Upload<LIMIT> {
    /// The first field of this name.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

impl<const LIMIT: usize, S: Send + Sync> FromRequest<S> for Upload<LIMIT> {
    type Rejection = PageError;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, PageError> {
        let visit = doorkept(&request)?;
        axum::extract::DefaultBodyLimit::max(LIMIT).apply(&mut request);
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|error| PageError::Refused(error.to_string()))?;
        let mut upload = Self { fields: Vec::new(), file: None };
        while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
            let proven = || upload.field(PROOF).is_some_and(|proof| visit.proves(proof));
            match part.file_name().map(ToOwned::to_owned) {
                Some(_) if !proven() => return Err(PageError::Stale),
                Some(name) => upload.file = file(name, part).await?.or(upload.file),
                None => {
                    let name = part.name().unwrap_or_default().to_owned();
                    upload.fields.push((name, part.text().await.map_err(|error| broken(&error))?));
                }
            }
        }
        if upload.field(PROOF).is_some_and(|proof| visit.proves(proof)) {
            Ok(upload)
        } else {
            Err(PageError::Stale)
        }
    }
}

/// A browser sends an empty file without a name when none was chosen.
async fn file(name: String, part: Field<'_>) -> Result<Option<File>, PageError> {
    let content = part.bytes().await.map_err(|error| broken(&error))?;
    Ok((!(name.is_empty() && content.is_empty())).then_some(File { name, content }))
}

fn broken(error: &MultipartError) -> PageError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        PageError::TooLarge
    } else {
        PageError::Refused(error.to_string())
    }
}

/// The browser behind the request, unless the browser itself says that another site made it.
fn doorkept(request: &Request) -> Result<Visit, PageError> {
    let visit = request.extensions().get::<Visit>().cloned();
    match visit {
        Some(visit) if !comes_from_elsewhere(request.headers()) => Ok(visit),
        Some(_) => Err(PageError::Stale),
        None => Err(PageError::internal(anyhow::anyhow!("the page is not dressed"))),
    }
}

fn comes_from_elsewhere(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site")
}
