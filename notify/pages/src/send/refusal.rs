//! Why a message is not sent, in the reader's words and at the field that it is about.

use notify::{Channel, fitting::Unfit, limit::Exceeded};
use notify_store::dispatch::{Barred, NotSent};
use ui::Errors;
use web::PageError;

use crate::words::Texts;

/// What the form says; `names` are the placeholders in the order of their fields.
///
/// # Errors
/// What is no fault of the form: ours, or a service or template that is gone.
pub fn errors(
    t: Texts,
    why: NotSent,
    (channel, names): (Channel, &[&str]),
) -> Result<Errors, PageError> {
    let errors = match why {
        NotSent::Recipient(_) if channel == Channel::Email => {
            Errors::one("to", t.send_bad_address())
        }
        NotSent::Recipient(_) => Errors::one("to", t.send_bad_number()),
        NotSent::NotOnTeam => Errors::one("to", t.send_not_on_team()),
        NotSent::Abroad => Errors::one("to", t.send_abroad()),
        NotSent::Simulated => Errors::one("to", t.send_simulated()),
        NotSent::Missing(missing) => {
            let mut errors = Errors::default();
            for (nth, name) in names.iter().enumerate() {
                if missing.iter().any(|one| one == name) {
                    errors.add(format!("value-{nth}"), t.send_missing(*name));
                }
            }
            errors
        }
        NotSent::Unfit(Unfit::Blank) => Errors::one("", t.send_blank()),
        NotSent::Unfit(_) => Errors::one("", t.send_too_long()),
        NotSent::Limit(Exceeded::Daily { .. }) => Errors::one("", t.send_limit_day()),
        NotSent::Limit(Exceeded::Annual { .. }) => Errors::one("", t.send_limit_year()),
        NotSent::Reused => Errors::one("", t.send_reused()),
        NotSent::Busy(_) => Errors::one("", t.send_busy()),
        NotSent::Barred(Barred::Suspended) => Errors::one("", t.template_suspended()),
        NotSent::Barred(Barred::Channel(_)) => Errors::one("", t.send_channel_off()),
        NotSent::Barred(_) => return Err(PageError::Missing),
        other => return Err(other.into()),
    };
    Ok(errors)
}
