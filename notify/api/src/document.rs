//! What the OpenAPI document says beside the routes: title, keys, and the shape of errors.

use serde::Serialize;
use utoipa::{
    IntoResponses, Modify, OpenApi, ToSchema,
    openapi::{
        OpenApi as Written,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
    },
};

/// The document to which the routes are added.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Portico Notify",
        description = "Send emails and text messages. Works with the published clients of GC Notify and GOV.UK Notify."
    ),
    components(schemas(Errors, Kind)),
    modifiers(&Keys),
    security(("bearer" = []), ("api_key" = []))
)]
pub struct Document;

/// Every error of a `/v2` route.
#[derive(Serialize, ToSchema)]
pub struct Errors {
    /// The HTTP status.
    #[schema(example = 400)]
    pub status_code: u16,
    /// What is wrong; there can be several.
    pub errors: Vec<Problem>,
}

/// One problem.
#[derive(Serialize, ToSchema)]
pub struct Problem {
    /// The type of the error.
    #[schema(example = "ValidationError")]
    pub error: String,
    /// What is wrong, as a sentence; one old route answers with sentences by field.
    #[schema(value_type = serde_json::Value, example = "template_id is a required property")]
    pub message: String,
    /// The same as a word that does not change.
    #[schema(example = "required-property")]
    pub code: String,
}

/// What any route with a key can refuse.
#[derive(IntoResponses)]
pub enum ReadRefused {
    /// The request is not acceptable.
    #[response(status = 400)]
    Unacceptable(Errors),
    /// There is no key.
    #[response(status = 401)]
    NoKey(Errors),
    /// The key may not do this.
    #[response(status = 403)]
    Forbidden(Errors),
    /// The server is busy: come back after Retry-After seconds.
    #[response(status = 503)]
    Busy(Errors),
}

/// What any route that reads a body can refuse besides.
#[derive(IntoResponses)]
pub enum BodyRefused {
    /// The body did not arrive in time.
    #[response(status = 408)]
    Slow(Errors),
    /// The body is too large.
    #[response(status = 413)]
    Large(Errors),
}

/// How a template travels, as a filter.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
pub enum Kind {
    /// By email.
    Email,
    /// As a text.
    Sms,
    /// By post: nothing does.
    Letter,
}

struct Keys;

impl Modify for Keys {
    fn modify(&self, written: &mut Written) {
        let components = written.components.get_or_insert_default();
        let mut token = Http::new(HttpAuthScheme::Bearer);
        token.bearer_format = Some("JWT".to_owned());
        token.description = Some(
            "HS256, signed with the secret of an API key; `iss` is the service id, `iat` the time in seconds."
                .to_owned(),
        );
        components.add_security_scheme("bearer", SecurityScheme::Http(token));
        let whole = ApiKeyValue::with_description(
            "Authorization",
            "`ApiKey-v1` followed by the whole API key.",
        );
        components.add_security_scheme("api_key", SecurityScheme::ApiKey(ApiKey::Header(whole)));
    }
}
