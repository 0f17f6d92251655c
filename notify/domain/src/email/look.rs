//! What surrounds the message of a service: its name, its logo, its colour.

/// How the e-mails of a service look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Words at the head of the message, such as the name of the department.
    pub name: Option<String>,
    /// A picture at the head of the message. It is fetched from its address by the reader's program; without one the
    /// message fetches nothing.
    pub logo: Option<Logo>,
    /// The colour of the line under the head.
    pub colour: Option<Colour>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// An `https` address.
    pub address: String,
    /// What it shows, for those who do not see it.
    pub alternative: String,
}

/// A colour of the form `#1d70b8`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colour(String);

/// A text that is not `#` and six hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a colour: write # and six hexadecimal digits")]
pub struct NotAColour(pub String);

impl Colour {
    /// Reads a colour.
    ///
    /// # Errors
    /// Anything but `#` and six hexadecimal digits, so that nothing else reaches a style sheet (D16).
    pub fn parse(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').unwrap_or_default();
        if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(NotAColour(text.to_owned()))
        }
    }

    /// As `#1d70b8`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
