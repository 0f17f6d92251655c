//! Buttons, and links that look like them.

use askama::{Template, filters::HtmlSafe};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The next step; one to a page.
    #[default]
    Primary,
    /// Another way on.
    Secondary,
    /// Something that cannot be undone.
    Danger,
    /// Looks like a link.
    Link,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Secondary => "button button-secondary",
            Self::Danger => "button button-danger",
            Self::Link => "plain",
        }
    }
}

/// A button that sends its form.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/button.html")]
pub struct Button {
    /// What it does, as a verb.
    pub text: String,
    /// How much it asks to be pressed.
    pub kind: ButtonKind,
    /// The name its value is sent under; empty sends none.
    pub name: String,
    /// What is sent under `name`.
    pub value: String,
    /// More of the name for those who hear it, such as which row it belongs to.
    pub about: Option<String>,
    /// Another address than the form's.
    pub action: Option<String>,
    /// The `id` of its form, when it stands outside.
    pub form: Option<String>,
}

impl HtmlSafe for Button {}

/// A link that stands where a button could.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<a class="{{ kind.class() }}" href="{{ href }}"{% if download %} download{% endif %}>{{ text }}</a>"#,
    ext = "html"
)]
pub struct ButtonLink {
    /// What it says.
    pub text: String,
    /// Where it goes.
    pub href: String,
    /// How much it asks to be followed.
    pub kind: ButtonKind,
    /// Whether the browser keeps what it finds there as a file.
    pub download: bool,
}

impl HtmlSafe for ButtonLink {}
