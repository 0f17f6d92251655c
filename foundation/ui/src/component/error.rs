//! What was wrong with a form, said at its top and beside each field.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;

use crate::Texts;

/// One thing wrong with a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, which is also the `id` the summary links to; empty when no field is to blame.
    pub field: String,
    /// What is wrong and how to mend it, in the reader's language.
    pub message: String,
}

/// What is wrong with a form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Errors(Vec<FieldError>);

impl Errors {
    /// Nothing wrong yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// One thing wrong.
    pub fn one(field: impl Into<String>, message: impl Into<String>) -> Self {
        let mut errors = Self::new();
        errors.add(field, message);
        errors
    }

    /// Notes that `field` is wrong; an empty `field` blames the form as a whole.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), message: message.into() });
    }

    /// The first thing wrong with `field`, for its component.
    pub fn of(&self, field: &str) -> Option<String> {
        self.0.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everything wrong, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.0.iter()
    }
}

/// Everything wrong with a form, above it, each a link to its field; nothing at all when nothing is wrong.
///
/// Focus comes here when the page opens, with script or without.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/error_summary.html")]
pub struct ErrorSummary {
    /// The language of its heading.
    pub language: Language,
    /// What is wrong.
    pub errors: Errors,
}

impl HtmlSafe for ErrorSummary {}

impl ErrorSummary {
    fn words(&self) -> Texts {
        Texts(self.language)
    }
}
