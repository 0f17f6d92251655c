//! The reason that staff give for what they do: the record keeps it, and whom it concerns reads it.

use serde::Deserialize;
use ui::Errors;

use crate::words::Texts;

/// Longest reason, in characters.
const LONGEST: usize = 2_000;

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ReasonForm {
    #[serde(default)]
    pub reason: String,
}

impl ReasonForm {
    /// The reason, or what is wrong with it.
    pub fn read(&self, t: Texts) -> Result<String, Errors> {
        let mut errors = Errors::new();
        let reason = read(t, &self.reason, &mut errors);
        if errors.is_empty() { Ok(reason) } else { Err(errors) }
    }
}

/// The reason that stands in the field `reason` of a longer form.
pub fn read(t: Texts, typed: &str, errors: &mut Errors) -> String {
    let reason = typed.trim();
    match reason.chars().count() {
        0 => errors.add("reason", t.staff_why_empty()),
        count if count > LONGEST => errors.add("reason", t.go_live_purpose_long(LONGEST)),
        _ => {}
    }
    reason.to_owned()
}
