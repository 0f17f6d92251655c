//! Texts over any provider with an HTTPS interface, described in the settings.

use std::time::Duration;

use reqwest::{
    Client, Method, Response, StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER},
    redirect::Policy,
};
use serde_json::Value;

use super::{
    Outcome, OutgoingText, Refusal, Sending, TextRoute,
    json::{at, text_at},
    settings::Unusable,
};
use crate::tls;

pub mod settings;
pub mod template;

use settings::{AnswerSettings, HttpTextSettings, Match};

/// Bytes of an answer that are read.
const ANSWER: usize = 64 * 1024;
/// Characters of the provider's words that are kept.
const WORDS: usize = 500;

/// A text provider as the settings describe it.
///
/// The operator chose its address, so it may be inside the own network; it is https in any case, and
/// redirects are not followed, because the headers hold a secret.
pub struct HttpText {
    settings: HttpTextSettings,
    method: Method,
    headers: HeaderMap,
    client: Client,
}

impl HttpText {
    /// Takes the settings as they are; nothing is connected yet.
    ///
    /// # Errors
    /// [`Unusable`] when the settings contradict themselves or the certificate file cannot be read.
    pub fn new(settings: HttpTextSettings) -> Result<Self, Unusable> {
        settings.check()?;
        let method = settings.parsed_method()?;
        let mut headers = settings.parsed_headers()?;
        if !settings.body.is_empty() {
            let kind = HeaderValue::from_static(settings.content.media_type());
            headers.entry(CONTENT_TYPE).or_insert(kind);
        }
        let tls = tls::client(settings.ca_file.as_deref())?;
        let client = Client::builder()
            .tls_backend_preconfigured((*tls).clone())
            .no_proxy()
            .redirect(Policy::none())
            .timeout(settings.limit())
            .user_agent("Portico")
            .build()
            .map_err(|e| Unusable::new("http", e.to_string()))?;
        Ok(Self { settings, method, headers, client })
    }

    async fn hand_over(&self, text: &OutgoingText) -> Outcome {
        let with_sender;
        let text = if text.from.is_none() && self.settings.from.is_some() {
            with_sender = OutgoingText { from: self.settings.from.clone(), ..text.clone() };
            &with_sender
        } else {
            text
        };
        let url = template::fill(&self.settings.url, template::Content::Form, text);
        let mut request =
            self.client.request(self.method.clone(), url).headers(self.headers.clone());
        if !self.settings.body.is_empty() {
            request =
                request.body(template::fill(&self.settings.body, self.settings.content, text));
        }
        let answer = match request.send().await {
            Ok(response) => Answer::read(response).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(answer) => answer.judge(&self.settings.answer),
            // The address in these errors may hold the recipient.
            Err(error) => Outcome::later(innermost(&error.without_url())),
        }
    }
}

impl TextRoute for HttpText {
    fn name(&self) -> &str {
        &self.settings.name
    }

    fn gives_receipts(&self) -> bool {
        self.settings.receipts.as_ref().is_some_and(|receipts| receipts.receipt.is_some())
    }

    fn send<'a>(&'a self, text: &'a OutgoingText) -> Sending<'a> {
        Box::pin(self.hand_over(text))
    }
}

fn innermost(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

struct Answer {
    status: StatusCode,
    after: Option<Duration>,
    json: Value,
}

impl Answer {
    async fn read(mut response: Response) -> Result<Self, reqwest::Error> {
        let status = response.status();
        let after = response.headers().get(RETRY_AFTER);
        let after = after.and_then(|text| text.to_str().ok()?.trim().parse().ok());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await? {
            body.extend_from_slice(&piece);
            if body.len() > ANSWER {
                break;
            }
        }
        // An answer that is no JSON is judged by its status alone.
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Ok(Self { status, after: after.map(Duration::from_secs), json })
    }

    fn judge(&self, settings: &AnswerSettings) -> Outcome {
        let fits = settings.success.as_ref().is_none_or(|wanted| self.fits(wanted));
        if self.status.is_success() && fits {
            let reference = settings.id.as_deref().and_then(|id| text_at(&self.json, id));
            return Outcome::Accepted { reference };
        }
        let rule = settings.rules.iter().find(|rule| {
            rule.status.as_deref().is_none_or(|status| self.has(status))
                && rule.value.as_ref().is_none_or(|value| self.fits(value))
        });
        let refusal = match rule {
            Some(rule) => rule.means.refusal(rule.cause),
            None => self.usual(),
        };
        match refusal {
            Some(kind) => Outcome::Refused { kind, words: self.words(settings) },
            None => Outcome::Later { words: self.words(settings), after: self.after },
        }
    }

    fn usual(&self) -> Option<Refusal> {
        let waits = matches!(self.status.as_u16(), 300..=399 | 401 | 403 | 408 | 425 | 429 | 500..);
        (!waits).then_some(Refusal::Provider(None))
    }

    fn fits(&self, wanted: &Match) -> bool {
        text_at(&self.json, &wanted.pointer).is_some_and(|found| wanted.values.contains(&found))
    }

    fn has(&self, status: &str) -> bool {
        let own = self.status.as_str();
        own == status || (status.ends_with("xx") && own[..1] == status[..1])
    }

    fn words(&self, settings: &AnswerSettings) -> String {
        let told = settings.words.as_deref().and_then(|pointer| at(&self.json, pointer));
        match told {
            Some(Value::String(words)) => words.chars().take(WORDS).collect(),
            Some(other) => other.to_string().chars().take(WORDS).collect(),
            None => format!("the provider answered {}", self.status.as_u16()),
        }
    }
}
