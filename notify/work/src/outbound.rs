//! HTTP to addresses that services chose: call-backs, kept away from every private network.
//!
//! The name is resolved by us, the answers are checked, and the connection goes to a checked address
//! and to no other, so a name that changes its mind between check and use gains nothing. Redirects
//! are followed by hand, each hop checked like the first. No proxy is taken from the environment.

use std::{sync::Arc, time::Duration};

use kernel::{Secret, Time};
use reqwest::{
    Client, Response, StatusCode,
    header::{
        AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
    },
    redirect::Policy,
};
use url::Url;
use uuid::Uuid;

use crate::{provider::settings::Unusable, tls};

pub mod address;
mod health;
mod resolve;
pub mod signature;

use address::{Forbidden, Reach};
pub use health::{Health, Unhealthy};
use resolve::Guarded;

/// Redirects that are followed for one call.
const HOPS: usize = 3;
/// Bytes of an answer that are read; the rest is left and the connection closed.
const ANSWER: usize = 64 * 1024;
/// Longest wait that a receiver may ask for.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);
/// Time for a whole call: resolving, connecting, redirects and answer (API specification, section 4.1).
const LIMIT: Duration = Duration::from_secs(5);

/// Names this event, so that a receiver can drop one that it has seen.
const EVENT: HeaderName = HeaderName::from_static("portico-event");
/// Carries [`signature::sign`].
const SIGNATURE: HeaderName = HeaderName::from_static("portico-signature");

/// One call to be made.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// Names the event; the same in every attempt.
    pub event: Uuid,
    /// Where to, as the service set it.
    pub url: &'a str,
    /// The token that the service chose, sent as `Authorization: Bearer …`; no header without it.
    pub bearer: Option<&'a Secret>,
    /// The secret that signs time and body; no signature without it.
    pub signing: Option<&'a Secret>,
    /// The JSON to post.
    pub body: Vec<u8>,
}

/// What became of a call (API specification, section 4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Called {
    /// The receiver took it: any 2xx, or 303, which says that the work is done.
    Taken,
    /// Network, time limit, 5xx or 429: to be tried again.
    Again {
        /// What went wrong, for the log.
        words: String,
        /// How long the receiver asked us to wait (`Retry-After`), at most a day.
        after: Option<Duration>,
    },
    /// Never to be tried again: another 4xx, a redirect into nowhere or an address that is refused.
    Dropped {
        /// Why, for the log and for the service's own pages.
        words: String,
    },
}

/// A call to which there was no answer, and why.
#[derive(Debug, PartialEq, Eq)]
enum Unanswered {
    /// It may be answered later.
    Again(String),
    /// It never will be.
    Never(String),
}

impl From<Unanswered> for Called {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Again(words) => Self::Again { words, after: None },
            Unanswered::Never(words) => Self::Dropped { words },
        }
    }
}

/// The guarded client. One for the whole process: it keeps connections.
#[derive(Clone, Debug)]
pub struct Outbound {
    client: Client,
    reach: Reach,
    limit: Duration,
}

impl Outbound {
    /// A client that reaches as far as `reach` says.
    ///
    /// # Errors
    /// [`Unusable`] when TLS cannot be set up.
    pub fn new(reach: Reach) -> Result<Self, Unusable> {
        let tls = tls::client(None)?;
        let client = Client::builder()
            .tls_backend_preconfigured((*tls).clone())
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .dns_resolver(Arc::new(Guarded::new(reach)))
            .user_agent("Portico")
            .pool_max_idle_per_host(8)
            .pool_idle_timeout(Duration::from_secs(30))
            .build()
            .map_err(|e| Unusable::new("outbound", e.to_string()))?;
        Ok(Self { client, reach, limit: LIMIT })
    }

    /// The same client with another time limit for a whole call, for tests and for slow receivers.
    pub fn with_limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Checks an address when it is set: https, a host, no literal address that is refused. What its
    /// name resolves to is checked at each call.
    ///
    /// # Errors
    /// [`Forbidden`] says what is wrong with it.
    pub fn check(&self, url: &str) -> Result<Url, Forbidden> {
        address::check(url, self.reach)
    }

    /// Makes one call, signed at `now`. Ends within the time limit and keeps nothing.
    pub async fn call(&self, call: Call<'_>, now: Time) -> Called {
        match tokio::time::timeout(self.limit, self.follow(call, now)).await {
            Ok(called) => called,
            Err(_) => Unanswered::Again("no answer in time".to_owned()).into(),
        }
    }

    async fn follow(&self, call: Call<'_>, now: Time) -> Called {
        match self.answer(call, now).await {
            Ok(response) => self.judge(response).await,
            Err(unanswered) => unanswered.into(),
        }
    }

    /// The answer at the end of all redirects.
    async fn answer(&self, call: Call<'_>, now: Time) -> Result<Response, Unanswered> {
        let never = |words: &str| Unanswered::Never(words.to_owned());
        let mut url = self.check(call.url).map_err(|forbidden| never(&forbidden.to_string()))?;
        let mut headers = headers(&call, now)
            .ok_or_else(|| never("the bearer token cannot stand in a header"))?;
        for _ in 0..=HOPS {
            let request =
                self.client.post(url.clone()).headers(headers.clone()).body(call.body.clone());
            let response = match request.send().await {
                Ok(response) => response,
                Err(error) => return Err(failed(&error)),
            };
            let Some(next) = redirect(&response, &url) else { return Ok(response) };
            let next = address::check(&next, self.reach)
                .map_err(|forbidden| never(&format!("redirected: {forbidden}")))?;
            if next.origin() != url.origin() {
                // The token was chosen for the first receiver alone.
                headers.remove(AUTHORIZATION);
            }
            url = next;
        }
        Err(never("too many redirects"))
    }

    async fn judge(&self, mut response: Response) -> Called {
        let status = response.status();
        let after = wait(response.headers());
        let mut read = 0;
        // Reading the answer lets the connection be used again; more than the cap is not worth that.
        while let Ok(Some(piece)) = response.chunk().await {
            read += piece.len();
            if read > ANSWER {
                break;
            }
        }
        let words = format!("the receiver answered {}", status.as_u16());
        if status.is_success() || status == StatusCode::SEE_OTHER {
            Called::Taken
        } else if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
            Called::Again { words, after }
        } else {
            Called::Dropped { words }
        }
    }
}

/// Where a redirect leads that keeps method and body. 301 and 302 are treated as 308 and 307: a
/// receipt that is fetched instead of posted reaches nobody.
fn redirect(response: &Response, from: &Url) -> Option<String> {
    if !matches!(response.status().as_u16(), 301 | 302 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    Some(from.join(location).map_or_else(|_| location.to_owned(), String::from))
}

fn headers(call: &Call<'_>, now: Time) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    if let Some(token) = call.bearer {
        let mut bearer = HeaderValue::from_str(&format!("Bearer {}", token.expose())).ok()?;
        bearer.set_sensitive(true);
        headers.insert(AUTHORIZATION, bearer);
    }
    if let Some(secret) = call.signing {
        let signature = signature::sign(secret, now, &call.body);
        headers.insert(SIGNATURE, HeaderValue::from_str(&signature).ok()?);
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(EVENT, HeaderValue::from_str(&call.event.to_string()).ok()?);
    Some(headers)
}

/// A call that got no answer: an address that is refused is final, anything else may pass.
fn failed(error: &reqwest::Error) -> Unanswered {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if let Some(forbidden) = one.downcast_ref::<Forbidden>() {
            return Unanswered::Never(forbidden.to_string());
        }
        if one.source().is_none() {
            // The innermost reason; the outer ones repeat the address.
            return Unanswered::Again(one.to_string());
        }
        cause = one.source();
    }
    Unanswered::Again("the connection failed".to_owned())
}

/// `Retry-After` in seconds or as a date, measured against the receiver's own `Date`.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let date = |text: &str| chrono::DateTime::parse_from_rfc2822(text).ok();
            let theirs = headers.get(reqwest::header::DATE)?.to_str().ok().and_then(date)?;
            (date(text)? - theirs).to_std().ok()?
        }
    };
    Some(wait.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[tokio::test]
    async fn a_name_that_resolves_to_this_machine_is_refused_before_connecting() {
        // Straight to the client, past the check of the address's text.
        let outbound = Outbound::new(Reach::Public).unwrap();
        let error = outbound.client.post("https://localhost:9/").send().await.unwrap_err();
        let never = Unanswered::Never("it leads to a loopback address".to_owned());
        assert_eq!(failed(&error), never);
    }
}
