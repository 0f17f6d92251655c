//! What a form would make: both languages side by side, what a text costs, and what to look at before it is used.

use accounts::{OnTeam, gate::ManageTemplates};
use askama::{Template, filters::HtmlSafe};
use axum::{
    extract::State,
    http::header,
    response::{Html, IntoResponse},
};
use kernel::Language;
use notify::{
    Channel,
    markdown::Section,
    placeholder::Personalisation,
    preview::{self, Show},
    review::{self, Remark},
    sms::{self, Encoding},
    template::{self, Languages},
};
use notify_store::setting;
use ui::{Bubble, Counter, Rendered};
use web::{At, Form, PageError, Reader, page};

use super::{
    Which,
    edit::{self, Kind},
    form::{TemplateForm, spelled},
};
use crate::{app::App, letter, words::Texts};

/// One side of an e-mail.
struct Side {
    /// The name of its language, where there are two.
    title: String,
    /// Empty when it is not in one language.
    lang: &'static str,
    dir: &'static str,
    body: Rendered,
}

/// The inside of the region that follows the form.
#[derive(Template)]
#[template(path = "template/preview.html")]
struct Preview {
    t: Texts,
    subject: Option<Rendered>,
    sides: Vec<Side>,
    bubble: Option<Bubble>,
    facts: Vec<String>,
    remarks: Vec<String>,
}

impl HtmlSafe for Preview {}

/// What the preview is made from besides the form.
pub struct About {
    t: Texts,
    /// The name before a text, where the service has it so.
    prefix: Option<String>,
    /// Parts that the service may send a day.
    daily: u64,
}

impl About {
    /// What is known of the service.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn of<C>(app: &App, team: &OnTeam<C>, t: Texts) -> Result<Self, PageError> {
        let setting = setting::get(app.accounts.db.read(), team.id()).await?;
        let prefix = setting.prefix_sms.then(|| team.service.name.clone());
        Ok(Self { t, prefix, daily: u64::try_from(setting.sms_daily_limit).unwrap_or(0) })
    }

    /// The region's content for what was typed.
    pub fn draw(&self, channel: Channel, typed: &TemplateForm) -> Rendered {
        let read = typed.read(channel);
        let remarks = review::remarks(&read);
        let (t, empty) = (self.t, Personalisation::new());
        let is_email = channel == Channel::Email;
        let subject =
            is_email.then(|| letter::marked(preview::subject(&read, &empty, Show::Names)));
        Rendered::of(&Preview {
            t,
            subject,
            sides: if is_email { sides(t, &read) } else { Vec::new() },
            bubble: (!is_email).then(|| self.bubble(&read)),
            facts: if is_email { Vec::new() } else { self.facts(&read) },
            remarks: remarks.iter().map(|remark| said(t, remark)).collect(),
        })
    }

    fn bubble(&self, read: &template::Template) -> Bubble {
        let (empty, words) = (Personalisation::new(), read.languages().of_words());
        let html = sms::preview_html(read.body(), &empty, self.prefix.as_deref(), words);
        Bubble { body: Some(letter::marked(html)), ..Bubble::default() }
    }

    fn text(&self, read: &template::Template) -> sms::Text {
        let (empty, words) = (Personalisation::new(), read.languages().of_words());
        sms::Text::render(read.body(), &empty, self.prefix.as_deref(), words)
    }

    /// What a text costs as it stands, its gaps not counted.
    fn facts(&self, read: &template::Template) -> Vec<String> {
        let (t, text) = (self.t, self.text(read));
        let parts = u64::try_from(text.parts()).unwrap_or(u64::MAX).max(1);
        let mut facts = vec![match text.encoding() {
            Encoding::Gsm7 => t.preview_gsm(),
            Encoding::Ucs2 => t.preview_unicode(spelled(&text.costly())),
        }];
        facts.push(t.preview_daily(text::number(t.0, self.daily / parts)));
        facts
    }

    /// The words below the field: its length, and how much there is to look at.
    pub fn counted(&self, channel: Channel, typed: &TemplateForm) -> String {
        let read = typed.read(channel);
        let (t, remarks) = (self.t, review::remarks(&read).len());
        let size = match channel {
            Channel::Email => t.preview_characters(typed.body.chars().count()),
            Channel::Sms => {
                let text = self.text(&read);
                let parts = u64::try_from(text.parts()).unwrap_or(u64::MAX);
                t.template_size(text.message().chars().count(), parts)
            }
        };
        if remarks == 0 { size } else { format!("{size} {}", t.preview_remarks(remarks)) }
    }

    /// The same as the field shows it.
    pub fn counter(&self, action: &str, channel: Channel, typed: &TemplateForm) -> Counter {
        Counter::new(format!("{action}/count"), self.counted(channel, typed))
    }
}

/// The body once, or once for each language.
fn sides(t: Texts, read: &template::Template) -> Vec<Side> {
    let empty = Personalisation::new();
    let dir = if read.is_right_to_left() { "rtl" } else { "ltr" };
    let one = |title: String, lang: &'static str, html: &str| Side {
        title,
        lang,
        dir,
        body: letter::below(html),
    };
    match preview::sides(read, &empty, Show::Names) {
        Some([english, french]) => vec![
            one(t.language_english(), "en-CA", &english),
            one(t.language_french(), "fr-CA", &french),
        ],
        None => {
            let lang = match read.languages() {
                Languages::One(Language::English) => "en-CA",
                Languages::One(Language::French) => "fr-CA",
                Languages::Both => "",
            };
            vec![one(String::new(), lang, &preview::body(read, &empty, Show::Names))]
        }
    }
}

/// A remark in words.
fn said(t: Texts, remark: &Remark) -> String {
    let language = |section: &Section| match section {
        Section::French => t.language_french(),
        Section::English | Section::RightToLeft => t.language_english(),
    };
    match remark {
        Remark::Table => t.remark_table(),
        Remark::Image => t.remark_image(),
        Remark::UnusedDefinition(word) => t.remark_definition(word),
        Remark::UnbalancedTag(tag) => t.remark_tag(tag),
        Remark::VagueLink(words) => t.remark_vague_link(words),
        Remark::EmptyLink(address) => t.remark_empty_link(address),
        Remark::InsecureLink(address) => t.remark_insecure_link(address),
        Remark::UnsafeLink(address) => t.remark_unsafe_link(address),
        Remark::HeadingOrder(words) => t.remark_heading_order(words),
        Remark::EmptyHeading => t.remark_empty_heading(),
        Remark::OddName(name) => t.remark_odd_name(name),
        Remark::LooseBrackets => t.remark_brackets(),
        Remark::OneQuestionMark(name) => t.remark_question_mark(name),
        Remark::MissingLanguage(section) => t.remark_missing_language(language(section)),
        Remark::OtherLanguage(section) => t.remark_other_language(language(section)),
        Remark::TagInText(tag) => t.remark_tag_in_text(tag),
    }
}

/// `POST …/templates/new/{channel}/preview`: the form again, with the preview of what was typed.
pub async fn new(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(Kind { channel }): At<Kind>,
    reader: Reader,
    Form(typed): Form<TemplateForm>,
) -> Result<Html<String>, PageError> {
    page::show(&edit::again(&app, &team, &reader, (channel, None), typed).await?)
}

/// `POST …/templates/{template}/preview`
pub async fn known(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
    Form(typed): Form<TemplateForm>,
) -> Result<Html<String>, PageError> {
    let head = which.live(&app, &team).await?.head;
    let what = (head.channel.0, Some(head.id));
    page::show(&edit::again(&app, &team, &reader, what, typed).await?)
}

/// `POST …/templates/new/{channel}/count`: the words about the length of what was typed.
pub async fn count_new(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(Kind { channel }): At<Kind>,
    reader: Reader,
    Form(typed): Form<TemplateForm>,
) -> Result<impl IntoResponse, PageError> {
    let about = About::of(&app, &team, Texts(reader.language)).await?;
    Ok(plain(about.counted(channel, &typed.tidy())))
}

/// `POST …/templates/{template}/count`
pub async fn count_known(
    State(app): State<App>,
    team: OnTeam<ManageTemplates>,
    At(which): At<Which>,
    reader: Reader,
    Form(typed): Form<TemplateForm>,
) -> Result<impl IntoResponse, PageError> {
    let channel = which.live(&app, &team).await?.head.channel.0;
    let about = About::of(&app, &team, Texts(reader.language)).await?;
    Ok(plain(about.counted(channel, &typed.tidy())))
}

fn plain(words: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], words)
}
