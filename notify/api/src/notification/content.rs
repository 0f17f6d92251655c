//! The words of a message: its template filled with the caller's values.

use std::collections::BTreeMap;

pub use notify::fitting::Fitting as Filled;
use notify::{
    Dialect,
    fitting::Unfit,
    neutralise,
    placeholder::{Personalisation, Value},
};
use serde::Serialize;

use crate::{error::Refusal, memory::Template};

/// A value that was to have no effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sanitised {
    unsanitised: String,
    sanitised: String,
}

/// Fills a template; `prefix` is the service's name if its texts begin with it.
pub fn fill(
    template: &Template,
    values: &Personalisation,
    prefix: Option<&str>,
    dialect: Dialect,
) -> Result<Filled, Refusal> {
    Ok(template.written().fit(values, prefix, dialect)?)
}

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Blank => Self::Blank,
            Unfit::EmailTooLong { limit, length } => Self::EmailTooLong { limit, length },
            Unfit::TextTooLong { limit, length } => Self::TextTooLong { limit, length },
        }
    }
}

/// The values with those named in `names` made harmless, and what that changed.
pub fn sanitise(
    values: &Personalisation,
    names: &[String],
) -> (Personalisation, BTreeMap<String, Sanitised>) {
    let (mut safe, mut changed) = (values.clone(), BTreeMap::new());
    for name in names {
        let Some(value) = values.get(name) else { continue };
        let harmless = match value {
            Value::Text(text) => Value::Text(neutralise::value(text)),
            Value::List(members) => {
                Value::List(members.iter().map(|member| neutralise::value(member)).collect())
            }
            Value::Number(_) | Value::Bool(_) => continue,
        };
        if harmless != *value {
            let (unsanitised, sanitised) = (value.to_string(), harmless.to_string());
            changed.insert(name.clone(), Sanitised { unsanitised, sanitised });
            safe.insert(name.clone(), harmless);
        }
    }
    (safe, changed)
}
