//! Messages to one recipient each: sending them.

mod answer;
mod asked;
mod callback_url;
mod content;
mod list;
mod message;
mod once;
pub(crate) mod personalisation;
mod remove;
mod schedule;
mod send_email;
mod send_letter;
mod send_sms;
mod sending;
mod show;

use utoipa_axum::{router::OpenApiRouter, routes};

pub use answer::Accepted;
pub(crate) use answer::{tell_quota, tell_rate};
pub(crate) use asked::sender_field;
pub use list::Notifications;
pub use message::Notification;
pub use once::{Once, Ticket};
pub use remove::Done;
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
        .routes(routes!(list::list))
        .routes(routes!(show::show, remove::remove))
        .routes(routes!(show::pdf))
}
