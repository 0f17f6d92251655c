//! Messages to one recipient each: sending them.

mod answer;
mod asked;
mod callback_url;
mod content;
mod once;
mod personalisation;
mod schedule;
mod send_email;
mod send_letter;
mod send_sms;
mod sending;

use utoipa_axum::{router::OpenApiRouter, routes};

pub use answer::Accepted;
pub(crate) use answer::{tell_quota, tell_rate};
pub(crate) use asked::sender_field;
pub use once::{Once, Ticket};
pub(crate) use schedule::parse as parse_schedule;
pub use send_email::{Callback, SendEmail};
pub use send_sms::SendSms;

use crate::Api;

/// The routes that send.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new()
        .routes(routes!(send_email::send_email))
        .routes(routes!(send_sms::send_sms))
        .routes(routes!(send_letter::send_letter))
}
