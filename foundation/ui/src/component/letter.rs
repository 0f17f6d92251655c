//! Messages as their readers see them, and values to take away.

use askama::{Template, filters::HtmlSafe};
use kernel::Language;

use super::cell::Rendered;
use crate::Texts;

/// A text message.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/bubble.html")]
pub struct Bubble {
    /// The words, when there are no marks in them.
    pub text: String,
    /// The words with marks, instead of `text`.
    pub body: Option<Rendered>,
    /// Who it is from; empty says nothing.
    pub from: String,
    /// What is said below, such as its parts or when it came; empty says nothing.
    pub note: String,
    /// The language of the words, when it is not the page's.
    pub lang: Option<Language>,
    /// Whether it was received rather than sent.
    pub received: bool,
}

impl HtmlSafe for Bubble {}

/// An e-mail: its envelope, and its body in a frame where nothing of it can run.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/email_frame.html")]
pub struct EmailFrame {
    /// The language of the envelope's words.
    pub language: Language,
    /// Who it is from.
    pub from: String,
    /// Where answers go; empty leaves the line out.
    pub reply_to: String,
    /// Who it is to; empty leaves the line out.
    pub to: String,
    /// Its subject.
    pub subject: Rendered,
    /// The address of its body alone, sent with a policy that keeps everything from running.
    pub src: String,
    /// The language of the e-mail, when it is not the page's.
    pub lang: Option<Language>,
}

impl HtmlSafe for EmailFrame {}

impl EmailFrame {
    fn words(&self) -> Texts {
        Texts(self.language)
    }
}

/// Something to take away by hand or, where there is script, by one button.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/copyable.html")]
pub struct Copyable {
    /// The language of its button.
    pub language: Language,
    /// Its `id`, unique on the page.
    pub id: String,
    /// What it is; empty when a heading or a key beside it says so.
    pub label: String,
    /// The value.
    pub value: String,
    /// More of the button's name for those who hear it, such as “key of the payroll service”; empty takes the label.
    pub about: String,
}

impl HtmlSafe for Copyable {}

impl Copyable {
    fn words(&self) -> Texts {
        Texts(self.language)
    }

    fn heard(&self) -> &str {
        if self.about.is_empty() { &self.label } else { &self.about }
    }
}
