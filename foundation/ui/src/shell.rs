//! The frame around every page: language, title, menu, the one `h1`, the footer.

use kernel::Language;

use crate::{Link, Texts, asset};

/// What `shell.html` shows around a page's content. A page's struct has it as the field `shell`.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The language of the page.
    pub language: Language,
    /// The page's name: its `h1` and the first half of its `title`.
    pub title: String,
    /// The product's name, beside the title and in the header.
    pub product: String,
    /// The same page in the other language, its query kept.
    pub other_language: String,
    /// The links of the header.
    pub menu: Vec<Link>,
}

impl Shell {
    /// The frame's words in the page's language.
    pub fn words(&self) -> Texts {
        Texts(self.language)
    }

    /// The address of the style sheet.
    pub fn style(&self) -> &'static str {
        asset::path("style.css")
    }

    /// The address of the icon.
    pub fn icon(&self) -> &'static str {
        asset::path("icon.svg")
    }
}
