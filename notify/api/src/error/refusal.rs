//! The one table of everything the API can refuse: status, type, stable code, meaning and sentence.

use std::borrow::Cow;

use notify::{report::ALLOWANCE, sheet};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use super::{LimitReached, Wording, limit};

/// What a caller is told; nearly always a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Message {
    /// A sentence.
    Text(Cow<'static, str>),
    /// The odd object of an old route.
    Object(Value),
}

impl From<&'static str> for Message {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Value> for Message {
    fn from(object: Value) -> Self {
        Self::Object(object)
    }
}

/// What is the same for every refusal of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The stable word for programs, given as `code` beside each error.
    pub code: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The type names it can have, given as `error`; the first unless the sentence says otherwise.
    pub errors: &'static [&'static str],
    /// When it happens.
    pub when: &'static str,
}

macro_rules! refusals {
    ($($status:literal $errors:expr, $code:literal {
        $(#[doc = $when:literal])+
        $name:ident $(($data:ident: $of:ty))? $({ $($field:ident: $type:ty),+ $(,)? })?
            => |$say:ident| $sentence:expr;
    })+) => {
        /// One problem with one request, as data.
        #[derive(Clone, Debug, PartialEq)]
        #[expect(missing_docs, reason = "the fields are what the sentence shows")]
        pub enum Refusal {
            $($(#[doc = $when])+ $name $(($of))? $({ $($field: $type),+ })?,)+
        }

        /// All refusals, in the order of the documentation.
        pub const TABLE: &[Row] = &[
            $(Row { code: $code, status: $status, errors: $errors, when: concat!($($when),+) },)+
        ];

        impl Refusal {
            /// What is the same for every refusal of this kind.
            pub const fn row(&self) -> Row {
                match self {
                    $(Self::$name $(($data))? $({ $($field: _),+ })? => {
                        $(let _ = $data;)?
                        Row { code: $code, status: $status, errors: $errors, when: concat!($($when),+) }
                    })+
                }
            }

            /// The sentence, in the words of the installation's dialect.
            pub fn message(&self, say: &Wording) -> Message {
                match self {
                    $(Self::$name $(($data))? $({ $($field),+ })? => {
                        let $say = say;
                        let _ = $say;
                        $($(let _ = $field;)+)?
                        ($sentence).into()
                    })+
                }
            }
        }
    };
}

const VALIDATION: &[&str] = &["ValidationError"];
const BAD_REQUEST: &[&str] = &["BadRequestError"];
const AUTH: &[&str] = &["AuthError"];
const CATEGORY: &[&str] = &["TemplateCategoryValidationError"];

refusals! {
    400 VALIDATION, "required-property" {
        /// A field that must be there is absent.
        Required { at: At, field: Cow<'static, str> } => |say| under(at, &format!("{field} is a required property"));
    }
    400 VALIDATION, "unexpected-property" {
        /// The body or the query has a field that this route does not know.
        Unexpected { fields: Vec<String> } => |say| unexpected(fields);
    }
    400 VALIDATION, "wrong-type" {
        /// A value has another JSON type than its field.
        WrongType { at: At, value: String, expected: &'static str }
            => |say| under(at, &format!("{value} is not of type {expected}"));
    }
    400 VALIDATION, "invalid-uuid" {
        /// An identifier is not a UUID.
        NotUuid { at: At } => |say| under(at, "is not a valid UUID");
    }
    400 VALIDATION, "not-one-of" {
        /// A value is none of those that its field can have.
        NotOneOf { at: At, value: String, allowed: String }
            => |say| under(at, &format!("{value} is not one of [{allowed}]"));
    }
    400 VALIDATION, "too-short" {
        /// A text or list is shorter than its field allows.
        TooShort { at: At, value: String } => |say| under(at, &format!("{value} is too short"));
    }
    400 VALIDATION, "too-long" {
        /// A text or list is longer than its field allows.
        TooLong { at: At, value: String } => |say| under(at, &format!("{value} is too long"));
    }
    400 VALIDATION, "null-character" {
        /// A text that is stored holds a null character, which no database keeps.
        NullCharacter { at: At } => |say| under(at, "must not contain a null character");
    }
    400 VALIDATION, "invalid-email-address" {
        /// The recipient is no email address.
        NotEmail { at: At } => |say| under(at, "Not a valid email address");
    }
    400 VALIDATION, "invalid-phone-number" {
        /// The recipient is no telephone number that texts can be sent to.
        NotPhone { at: At, why: String } => |say| under(at, why);
    }
    400 VALIDATION, "invalid-https-url" {
        /// An address on the web does not begin with `https://` or is none.
        NotHttps { at: At } => |say| under(at, "is not a valid https url");
    }
    400 VALIDATION, "private-address" {
        /// A call-back address points into a private network.
        PrivateAddress { at: At } => |say| under(at, "must not point to a private network");
    }
    400 VALIDATION, "invalid-bearer-token" {
        /// A call-back token is shorter than 10 characters, or holds what cannot stand in a header.
        BearerToken { at: At } => |say| under(at, "bearer_token must have 10 to 1000 visible characters");
    }
    400 VALIDATION, "invalid-date" {
        /// The time to send at is not written as ISO 8601.
        NotADate { at: At } => |say| under(at, "datetime format is invalid. It must be a valid ISO8601 date time format, https://en.wikipedia.org/wiki/ISO_8601");
    }
    400 VALIDATION, "date-in-the-past" {
        /// The time to send at has passed.
        InThePast { at: At } => |say| under(at, if say.is_uk() { "datetime can not be in the past" } else { "datetime cannot be in the past" });
    }
    400 VALIDATION, "date-too-far" {
        /// The time to send at is more than 96 hours ahead.
        TooFarAhead { at: At } => |say| under(at, "datetime can only be up to 96 hours in the future");
    }
    400 VALIDATION, "personalisation-too-large" {
        /// The values are longer than 51,200 characters together.
        ValuesTooLarge { size: usize, limit: usize } => |say| format!("Personalisation variables size of {size} bytes is greater than allowed limit of {limit} bytes.");
    }
    400 VALIDATION, "too-many-files" {
        /// More than 10 files.
        TooManyFiles { count: usize } => |say| format!("File number exceed allowed limits of 10 with number of {count}.");
    }
    400 VALIDATION, "file-not-base64" {
        /// A file is not written in base64.
        NotBase64 { key: String, why: &'static str } => |say| format!("{key} : {why} : Error decoding base64 field");
    }
    400 VALIDATION, "file-too-large" {
        /// A file is larger than 10 MiB.
        FileTooLarge { key: String, name: String, size: usize, limit: usize } => |say| format!("{key} : File size for {name} is {size} and greater than allowed limit of {limit}.");
    }
    400 BAD_REQUEST, "files-not-available" {
        /// Files in emails are not built yet.
        FilesLater => |say| "Files are not available yet: send the message without a file";
    }
    400 BAD_REQUEST, "files-by-email-only" {
        /// A text cannot carry a file.
        FilesByEmailOnly => |say| "Can only send a file by email";
    }
    400 BAD_REQUEST, "malformed-json" {
        /// The body is not JSON in UTF-8, or is nested too deeply.
        MalformedJson => |say| if say.is_uk() { "Invalid JSON supplied in POST data" } else { "Error decoding arguments: The browser (or proxy) sent a request that this server could not understand." };
    }
    413 &["RequestEntityTooLarge"], "body-too-large" {
        /// The body is larger than the installation reads.
        BodyTooLarge { limit: usize } => |say| format!("The request body must not be larger than {limit} bytes");
    }
    408 &["RequestTimeout"], "body-too-slow" {
        /// The body did not arrive in time.
        BodyTooSlow => |say| "The request body did not arrive in time";
    }
    400 BAD_REQUEST, "body-unreadable" {
        /// The connection broke while the body was read.
        BodyBroken => |say| "The request body could not be read";
    }
    401 AUTH, "token-missing" {
        /// There is no `Authorization` header.
        NoToken => |say| if say.is_uk() { "Unauthorized: authentication token must be provided" } else { "Unauthorized, authentication token must be provided" };
    }
    401 AUTH, "scheme-unknown" {
        /// The `Authorization` header has neither the scheme `Bearer` nor `ApiKey-v1`.
        UnknownScheme => |say| if say.is_uk() { "Unauthorized: authentication bearer scheme must be used".to_owned() } else { schemes(say) };
    }
    403 AUTH, "token-undecodable" {
        /// The token is not three parts of base64url with two JSON objects.
        Undecodable => |say| if say.is_uk() { MATCH_THE_EXAMPLE } else { "Invalid token: signature, api token is not valid" };
    }
    403 AUTH, "issuer-missing" {
        /// The token has no `iss`.
        NoIssuer => |say| "Invalid token: iss field not provided";
    }
    403 AUTH, "issuer-not-uuid" {
        /// The token's `iss` is no service id.
        BadIssuer => |say| "Invalid token: service id is not the right data type";
    }
    403 AUTH, "service-unknown" {
        /// There is no service of this id.
        UnknownService => |say| "Invalid token: service not found";
    }
    403 AUTH, "service-without-keys" {
        /// The service has no key at all.
        NoKeys => |say| "Invalid token: service has no API keys";
    }
    403 AUTH, "service-archived" {
        /// The service is gone.
        Archived => |say| "Invalid token: service is archived";
    }
    403 AUTH, "signature-unknown" {
        /// No key of the service made the signature, or the token does not say when it was made.
        UnknownSignature => |say| not_found(say);
    }
    403 AUTH, "algorithm-not-hs256" {
        /// The token says another algorithm than HS256.
        WrongAlgorithm => |say| if say.is_uk() { "Invalid token: algorithm used is not HS256" } else { not_found(say) };
    }
    403 AUTH, "clock-off" {
        /// The token was made more than 30 seconds ago, or in the future.
        ClockOff => |say| "Error: Your system clock must be accurate to within 30 seconds";
    }
    403 AUTH, "token-claims" {
        /// The token has expired, or is for somebody else.
        BadClaims => |say| MATCH_THE_EXAMPLE;
    }
    403 AUTH, "key-revoked" {
        /// The key was revoked.
        KeyRevoked => |say| "Invalid token: API key revoked";
    }
    403 AUTH, "key-incomplete" {
        /// Not the whole key was given, or one with another service's id in it.
        KeyIncomplete => |say| "Invalid token: Enter your full API key";
    }
    403 AUTH, "key-unknown" {
        /// There is no such key.
        KeyUnknown => |say| "Invalid token: API key not found";
    }
    403 &["ForbiddenError"], "capability-missing" {
        /// The key may not do this; its capabilities are chosen when it is made.
        CapabilityMissing { what: &'static str } => |say| format!("This API key does not have permission to manage {what}.");
    }
    403 &["ForbiddenError"], "not-forwarded" {
        /// The request did not come through the proxy that this installation is set up behind.
        NotForwarded => |say| "The request did not come through the proxy";
    }
    403 BAD_REQUEST, "service-suspended" {
        /// A suspended service may read but not send.
        Suspended => |say| "Service is suspended";
    }
    400 BAD_REQUEST, "channel-not-allowed" {
        /// The service may not send messages of this kind.
        ChannelNotAllowed { messages: &'static str } => |say| format!("Service is not allowed to send {messages}");
    }
    429 &["RateLimitError"], "rate-limit" {
        /// Too many requests within a minute with keys of this kind.
        RateLimited { kind: &'static str, limit: u32, retry_after: u64 } => |say| format!("Exceeded rate limit for key type {kind} of {limit} requests per 60 seconds");
    }
    429 limit::DAILY, "daily-limit" {
        /// The day's limit is reached.
        Daily(of: LimitReached) => |say| of.daily_sentence(say);
    }
    429 limit::ANNUAL, "annual-limit" {
        /// The fiscal year's limit is reached.
        Annual(of: LimitReached) => |say| of.annual_sentence();
    }
    400 BAD_REQUEST, "template-not-found" {
        /// The service has no such template.
        TemplateNotFound => |say| "Template not found";
    }
    400 BAD_REQUEST, "wrong-template-type" {
        /// The template is for the other channel.
        WrongTemplateType { template: &'static str, asked: &'static str } => |say| format!("{template} template is not suitable for {asked} notification");
    }
    400 BAD_REQUEST, "template-deleted" {
        /// The template was archived.
        TemplateDeleted { id: Uuid } => |say| if say.is_uk() { "Template has been deleted".to_owned() } else { format!("Template {id} has been deleted") };
    }
    400 BAD_REQUEST, "missing-personalisation" {
        /// Placeholders of the template have no value; in a preview no template is named.
        MissingPersonalisation { template: Option<Uuid>, names: Vec<String> } => |say| missing(*template, names, say);
    }
    400 BAD_REQUEST, "message-too-long" {
        /// A text is longer than it may be after its values were filled in.
        TextTooLong { limit: usize, length: usize } => |say| if say.is_uk() {
            format!("Your message is too long. Text messages cannot be longer than {limit} characters. Your message is {length} characters long.")
        } else {
            format!("Content for template has a character count greater than the limit of {limit}")
        };
    }
    400 BAD_REQUEST, "email-too-long" {
        /// An email is longer than 2,000,000 bytes after its values were filled in.
        EmailTooLong { limit: usize, length: usize } => |say| format!("Your message is too long. Emails cannot be longer than {limit} bytes. Your message is {length} bytes.");
    }
    400 BAD_REQUEST, "message-blank" {
        /// Nothing is left of the message but white space.
        Blank => |say| if say.is_uk() { "Your message is empty." } else { "Message is empty or just whitespace" };
    }
    400 BAD_REQUEST, "sender-not-found" {
        /// The service has no such reply address or sender.
        SenderNotFound { field: &'static str, id: Uuid, service: Uuid } => |say| format!("{field} {id} does not exist in database for service id {service}");
    }
    400 BAD_REQUEST, "team-key-recipient" {
        /// A team key writes to the team and the safelist only.
        TeamOnly { service: Uuid } => |say| if say.is_uk() {
            "Can’t send to this recipient using a team-only API key".to_owned()
        } else {
            format!("Can’t send to this recipient using a team-only API key (service {service}) - see {}/en/keys.html#team-and-safelist", say.documentation)
        };
    }
    400 BAD_REQUEST, "trial-recipient" {
        /// A service in trial writes to its team and its safelist only.
        TrialOnly => |say| if say.is_uk() {
            format!("Can’t send to this recipient when service is in trial mode – see {}/trial-mode", say.documentation)
        } else {
            format!("Can’t send to this recipient when service is in trial mode – see {}/en/keys.html#live", say.documentation)
        };
    }
    400 BAD_REQUEST, "international-not-allowed" {
        /// The service may not send texts abroad.
        InternationalNotAllowed => |say| "Cannot send to international mobile numbers";
    }
    400 BAD_REQUEST, "invalid-idempotency-key" {
        /// The `Idempotency-Key` is empty, longer than 255 characters or holds other than visible ASCII.
        IdempotencyKey => |say| "Idempotency-Key must have 1 to 255 visible ASCII characters";
    }
    409 &["ConflictError"], "idempotency-key-reused" {
        /// The `Idempotency-Key` came with another request within 24 hours.
        IdempotencyReused => |say| "Idempotency-Key was used with another request";
    }
    400 BAD_REQUEST, "bulk-rows-or-csv" {
        /// A bulk send has neither rows nor CSV, or both.
        RowsOrCsv => |say| "You should specify either rows or csv";
    }
    400 BAD_REQUEST, "bulk-row-not-a-list" {
        /// A row of a bulk send is not a list of values.
        NotARow(of: sheet::NotRows) => |say| of.to_string();
    }
    400 BAD_REQUEST, "bulk-missing-columns" {
        /// The recipient column or a placeholder's column is missing.
        MissingColumns(of: sheet::Refusal) => |say| of.to_string();
    }
    400 BAD_REQUEST, "bulk-duplicate-columns" {
        /// Two columns hold recipients.
        DuplicateColumns(of: sheet::Refusal) => |say| of.to_string();
    }
    400 BAD_REQUEST, "bulk-over-limit" {
        /// The rows are more than is left of a limit.
        RowsOverLimit(of: sheet::Refusal) => |say| of.to_string();
    }
    400 BAD_REQUEST, "bulk-too-many-rows" {
        /// More rows than a bulk send may have.
        TooManyRows(of: sheet::Refusal) => |say| of.to_string();
    }
    400 BAD_REQUEST, "bulk-sheet-too-large" {
        /// The rows have more than 1,000 columns, or would fill the template to an absurd size.
        SheetTooLarge { columns: usize } => |say| format!("The rows are too large for this template: use at most {columns} columns and shorter values");
    }
    400 BAD_REQUEST, "bulk-no-rows" {
        /// There are headings and no row below them.
        NoRows => |say| "There are no rows to send";
    }
    400 BAD_REQUEST, "bulk-recipients-not-allowed" {
        /// Some rows have recipients that a trial service or a team key may not write to.
        RecipientsNotAllowed(of: sheet::Refusal) => |say| of.to_string();
    }
    400 BAD_REQUEST, "bulk-row-too-long" {
        /// A row makes a text that is too long.
        RowTooLong(of: sheet::Refusal) => |say| of.to_string();
    }
    400 BAD_REQUEST, "bulk-row-errors" {
        /// Some rows have missing values or bad recipients; row numbers are the spreadsheet's own.
        RowErrors(of: sheet::Refusal) => |say| of.to_string();
    }
    400 BAD_REQUEST, "bulk-mixed-recipients" {
        /// Simulated and real numbers in one bulk send.
        MixedRecipients(of: sheet::Refusal) => |say| of.to_string();
    }
    400 BAD_REQUEST, "not-a-letter" {
        /// Only letters have a PDF.
        NotALetter => |say| "Notification is not a letter";
    }
    404 &["NotificationNotFoundError"], "notification-not-found" {
        /// The service has no message of this id to be taken back.
        NotificationNotFound => |say| "Notification not found in database";
    }
    400 BAD_REQUEST, "notification-not-scheduled" {
        /// Only a single message with a time of its own can be taken back.
        NotScheduled => |say| "Notification is not scheduled and cannot be deleted";
    }
    400 BAD_REQUEST, "notification-sent" {
        /// The message is on its way, or has ended already.
        AlreadySent => |say| "Notification has already been sent and cannot be deleted";
    }
    404 &["JobNotFoundError"], "job-not-found" {
        /// The service has no bulk send of this id.
        JobNotFound => |say| "Job not found in database";
    }
    400 &["InvalidRequest"], "job-not-of-service" {
        /// The page of bulk sends is to begin after one that the service has not got.
        JobNotOfService => |say| serde_json::json!({"older_than": ["Job does not exist for this service"]});
    }
    409 &["JobAlreadyCancelledError"], "job-cancelled" {
        /// The bulk send is cancelled already.
        JobCancelled => |say| "Job has already been cancelled";
    }
    409 &["JobCancellationNotAllowedError"], "job-begun" {
        /// The bulk send has begun, or never waited.
        JobBegun => |say| "Job cannot be cancelled because it is already being sent or has already been sent";
    }
    400 CATEGORY, "category-required" {
        /// A new template has no category; `template_categories` in the answer lists them.
        CategoryRequired => |say| "template_category_id is a required property";
    }
    400 CATEGORY, "category-not-uuid" {
        /// The category is not a UUID; `template_categories` in the answer lists them.
        CategoryNotUuid => |say| "template_category_id must be a valid UUID";
    }
    400 &["TemplateCategoryNotFoundError"], "category-not-found" {
        /// There is no such category; `template_categories` in the answer lists them.
        CategoryNotFound => |say| "template_category_id not found";
    }
    400 BAD_REQUEST, "folder-not-found" {
        /// The folder to put it into is not there.
        FolderNotFound => |say| "parent_folder_id not found";
    }
    403 &["ForbiddenError"], "template-type-not-allowed" {
        /// The service may not send messages of this kind, so it may not have templates for them.
        TemplateNotAllowed { doing: &'static str, messages: &'static str } => |say| format!("{doing} {messages} templates is not allowed");
    }
    400 BAD_REQUEST, "template-too-long" {
        /// The text of a template is too long.
        TemplateTooLong { limit: usize } => |say| format!("Content has a character count greater than the limit of {limit}");
    }
    400 BAD_REQUEST, "template-name-too-long" {
        /// The name of a template is too long.
        TemplateNameTooLong => |say| "Template name must be less than 255 characters";
    }
    400 BAD_REQUEST, "template-archived" {
        /// The template is archived and does not change any more.
        TemplateArchived => |say| "Template is already archived.";
    }
    400 BAD_REQUEST, "folder-without-name" {
        /// A folder's name is nothing but white space.
        FolderWithoutName => |say| "name cannot be empty";
    }
    400 BAD_REQUEST, "folder-into-itself" {
        /// A folder cannot lie in itself.
        FolderIntoItself => |say| "You cannot move a folder to itself";
    }
    400 BAD_REQUEST, "folder-into-subfolder" {
        /// A folder cannot lie in what lies in it.
        FolderIntoSubfolder => |say| "You cannot move a folder to one of its subfolders";
    }
    400 BAD_REQUEST, "folder-too-deep" {
        /// Folders lie at most 50 deep in one another.
        FolderTooDeep => |say| "Folders cannot be nested more than 50 levels deep";
    }
    400 BAD_REQUEST, "folder-not-empty" {
        /// Only an empty folder can be removed.
        FolderNotEmpty => |say| "Folder is not empty";
    }
    429 &["RateLimitExceeded"], "report-limit" {
        /// The service asked for ten reports within an hour.
        ReportLimit { retry_after: u64, reset: i64 } => |say| format!("Maximum {ALLOWANCE} report requests per hour");
    }
    409 BAD_REQUEST, "report-not-ready" {
        /// The report is not written yet, or could not be.
        ReportNotReady { status: &'static str } => |say| format!("Report is not ready for download (status: {status})");
    }
    502 &["S3ReportDownloadError"], "report-unreadable" {
        /// The file of a report cannot be read.
        ReportUnreadable => |say| "Failed to retrieve report content";
    }
    404 &["NoResultFound"], "provider-unknown" {
        /// No provider of this name posts to this server.
        ProviderUnknown => |say| "No result found";
    }
    401 AUTH, "provider-proof-missing" {
        /// A provider's request carries no proof that it comes from the provider.
        ProofMissing => |say| "The request carries no proof that it comes from the provider";
    }
    403 AUTH, "provider-proof-wrong" {
        /// A provider's request carries a wrong proof.
        ProofWrong => |say| "The request's proof is wrong";
    }
    400 BAD_REQUEST, "provider-unreadable" {
        /// A provider's request is not what the settings describe.
        ProviderUnreadable { why: String } => |say| why.clone();
    }
    404 &["NoResultFound"], "not-found" {
        /// The service has nothing of this name.
        NoResultFound => |say| "No result found";
    }
    404 &["NotFound"], "unknown-path" {
        /// No route has this path.
        UnknownPath => |say| "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.";
    }
    405 &["MethodNotAllowed"], "wrong-method" {
        /// The route does not know this method.
        WrongMethod => |say| "The method is not allowed for the requested URL.";
    }
    503 &["ServiceUnavailable"], "overloaded" {
        /// Too many requests wait already; come back after `Retry-After` seconds.
        Overloaded => |say| "The service is busy: try again in a moment";
    }
    500 &["InternalServerError"], "internal-server-error" {
        /// Something went wrong that is no fault of the caller.
        Internal => |say| "Internal server error";
    }
}

impl From<sheet::Refusal> for Refusal {
    fn from(refusal: sheet::Refusal) -> Self {
        let as_ours = match refusal {
            sheet::Refusal::MissingColumns(_) => Self::MissingColumns,
            sheet::Refusal::DuplicateColumns(_) => Self::DuplicateColumns,
            sheet::Refusal::NotEnoughLeft { .. } => Self::RowsOverLimit,
            sheet::Refusal::TooManyRows(_) => Self::TooManyRows,
            sheet::Refusal::NotAllowedInTrial | sheet::Refusal::NotAllowedForTeamKey => {
                Self::RecipientsNotAllowed
            }
            sheet::Refusal::RowTooLong(_) => Self::RowTooLong,
            sheet::Refusal::Rows(_) => Self::RowErrors,
            sheet::Refusal::MixedSimulated => Self::MixedRecipients,
        };
        as_ours(refusal)
    }
}

impl Refusal {
    /// The type name, given as `error`.
    pub fn error(&self, say: &Wording) -> &'static str {
        match self {
            Self::Daily(of) => of.daily_type(say),
            Self::Annual(of) => of.annual_type(),
            other => other.row().errors[0],
        }
    }
}

/// The first element of the path to a bad value; empty for the body itself.
pub type At = Cow<'static, str>;

/// GOV.UK Notify's words for a token that is made wrongly.
const MATCH_THE_EXAMPLE: &str = "Invalid token: make sure your API token matches the example at https://docs.notifications.service.gov.uk/rest-api.html#authorisation-header";

fn not_found(say: &Wording) -> &'static str {
    if say.is_uk() {
        "Invalid token: API key not found"
    } else {
        "Invalid token: signature, api token not found"
    }
}

/// GC Notify's long text about its schemes (section 1.7).
fn schemes(say: &Wording) -> String {
    let more = format!("Learn more: {}/en/start.html#headers.", say.documentation);
    format!(
        "Unauthorized, Authorization header is invalid. GC Notify supports the following authentication methods. \
         Bearer: JWT token that the client generates and passes in, {more}, ApiKey-v1: If you cannot generate a JWT \
         token you may optionally use the API secret generated for you by GC Notify. {more}"
    )
}

/// The grammar of section 0.6: the path, then the text, without any single quote.
fn under(at: &str, text: &str) -> String {
    let whole = if at.is_empty() { text.to_owned() } else { format!("{at} {text}") };
    whole.replace('\'', "")
}

fn unexpected(fields: &[String]) -> String {
    let were = if fields.len() == 1 { "was" } else { "were" };
    let names = fields.join(", ").replace('\'', "");
    format!("Additional properties are not allowed ({names} {were} unexpected)")
}

fn missing(template: Option<Uuid>, names: &[String], say: &Wording) -> String {
    let names = names.join(", ");
    match template {
        Some(id) if !say.is_uk() => {
            format!("Missing personalisation for template ID {id}: {names}")
        }
        _ => format!("Missing personalisation: {names}"),
    }
}
