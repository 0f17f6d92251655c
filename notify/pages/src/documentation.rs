//! The documentation of the API, made from its OpenAPI document without any script or foreign file.

mod book;
mod prose;
mod schema;
mod show;

use std::sync::Arc;

use kernel::Language;
use serde_json::Value;

pub use self::book::Book;
use web::Routes;

use crate::frame::{DOCUMENTATION, Frame};

/// The OpenAPI document in both languages.
#[derive(Clone, Debug)]
pub struct Documents {
    /// As the handlers give it.
    pub english: Value,
    /// With the sentences in French.
    pub french: Value,
}

/// What the page needs.
#[derive(Clone, Debug)]
pub struct Documentation {
    english: Arc<Book>,
    french: Arc<Book>,
    /// Where the API is reached, for the examples.
    public_url: Arc<str>,
    frame: Frame,
}

impl Documentation {
    /// Reads the documents once; each request only renders.
    pub fn new(documents: &Documents, public_url: &str, frame: Frame) -> Self {
        Self {
            english: Arc::new(Book::read(&documents.english)),
            french: Arc::new(Book::read_french(&documents.french, &documents.english)),
            public_url: Arc::from(public_url.trim_end_matches('/')),
            frame,
        }
    }

    fn book(&self, language: Language) -> &Book {
        match language {
            Language::English => &self.english,
            Language::French => &self.french,
        }
    }
}

/// The one page.
pub fn routes(documentation: Documentation) -> Routes {
    Routes::default().get(DOCUMENTATION, show::show).with_state(documentation)
}
