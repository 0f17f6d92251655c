//! Words set apart from the page: what has happened, what to know first.

use askama::{Template, filters::HtmlSafe};

use super::cell::Rendered;

/// What a banner is about; its sign and its words say so too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BannerTone {
    /// Something to know.
    #[default]
    Note,
    /// Something has worked.
    Done,
    /// Something to look out for.
    Warning,
    /// Something failed, or cannot be undone.
    Danger,
}

impl BannerTone {
    const fn class(self) -> &'static str {
        match self {
            Self::Note => "banner",
            Self::Done => "banner banner-done",
            Self::Warning => "banner banner-warning",
            Self::Danger => "banner banner-danger",
        }
    }

    /// Bad news interrupts a screen reader; other news waits for a pause.
    const fn role(self) -> &'static str {
        match self {
            Self::Note | Self::Done => "status",
            Self::Warning | Self::Danger => "alert",
        }
    }

    /// The outline of its sign, drawn in a square of 24.
    const fn sign(self) -> &'static str {
        match self {
            Self::Note => {
                "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.2 4.6h2.4V9h-2.4zm0 4h2.4v6.8h-2.4z"
            }
            Self::Done => {
                "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm-1.6 14.6-4.2-4.2 1.7-1.7 2.5 2.5 5.7-5.7 1.7 1.7z"
            }
            Self::Warning => "M12 2.5 1 21.5h22zM10.8 9.6h2.4v5.6h-2.4zm0 7.1h2.4V19h-2.4z",
            Self::Danger => {
                "M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9zM10.8 6.4v7.2h2.4V6.4zm0 8.9v2.4h2.4v-2.4z"
            }
        }
    }
}

/// News at the top of a page, or the question before something that cannot be undone (with a form in `body`).
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/banner.html")]
pub struct Banner {
    /// What it is about.
    pub tone: BannerTone,
    /// Its heading; empty has none.
    pub title: String,
    /// Its words; empty has none.
    pub text: String,
    /// What stands below the words.
    pub body: Option<Rendered>,
    /// Whether focus comes here when the page opens.
    pub focus: bool,
}

impl HtmlSafe for Banner {}

/// Words set apart by a line at their side.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<div class="inset">{% if !text.is_empty() %}<p>{{ text }}</p>{% endif %}{% if let Some(body) = body %}{{ body }}{% endif %}</div>"#,
    ext = "html"
)]
pub struct Inset {
    /// The words; empty has none.
    pub text: String,
    /// What stands below them.
    pub body: Option<Rendered>,
}

impl HtmlSafe for Inset {}

/// More, for those who ask.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<details class="details"{% if open %} open{% endif %}><summary>{{ summary }}</summary><div>{{ body }}</div></details>"#,
    ext = "html"
)]
pub struct Details {
    /// What there is more about.
    pub summary: String,
    /// The rest.
    pub body: Rendered,
    /// Whether it is open at first.
    pub open: bool,
}

impl HtmlSafe for Details {}

/// The good end of a journey.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "component/panel.html")]
pub struct Panel {
    /// What has been done; empty when the page's heading says it.
    pub title: String,
    /// What came of it, such as a number to keep; empty has none.
    pub text: String,
    /// What stands below the words.
    pub body: Option<Rendered>,
}

impl HtmlSafe for Panel {}
