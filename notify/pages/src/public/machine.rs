//! What machines ask a site first: what they may read, and whom to tell about a weakness (RFC 9309, RFC 9116).

use accounts::Accounts;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{SecondsFormat, TimeDelta};
use web::{PageError, Routes};

use super::Public;

/// Public pages may be found by search engines; the way in and everything behind it may not.
const ROBOTS: &str = "User-agent: *\n\
    Disallow: /services\nDisallow: /staff\nDisallow: /profile\nDisallow: /sign-in\nDisallow: /register\n\
    Disallow: /forgot-password\nDisallow: /new-password\nDisallow: /confirm\nDisallow: /invitation\n\
    Disallow: /dev\nDisallow: /v2\n";

/// What `security.txt` says holds for so long from the day on which it is read.
const HOLDS: TimeDelta = TimeDelta::days(180);

const PLAIN: [(header::HeaderName, &str); 1] =
    [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];

/// Who can be written to decides whether there is a `security.txt`.
pub fn routes(public: &Public) -> Routes<Public> {
    let routes = Routes::default().get("/robots.txt", || async { (PLAIN, ROBOTS) });
    match public.support_address {
        Some(_) => routes.get("/.well-known/security.txt", security),
        None => routes,
    }
}

/// `GET /.well-known/security.txt`
async fn security(
    State(public): State<Public>,
    State(accounts): State<Accounts>,
) -> Result<Response, PageError> {
    let address = public.support_address.as_ref().ok_or(PageError::Missing)?;
    let until = (accounts.clock.now() + HOLDS).to_rfc3339_opts(SecondsFormat::Secs, true);
    let origin = &public.origin;
    let text = format!(
        "Contact: mailto:{address}\nExpires: {until}\nPreferred-Languages: en, fr\n\
         Canonical: {origin}/.well-known/security.txt\nPolicy: {origin}/security\n"
    );
    Ok((PLAIN, text).into_response())
}
