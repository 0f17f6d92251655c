//! One template as its messages will look.

use accounts::{OnTeam, Permission, gate::Member};
use askama::Template;
use axum::{
    extract::State,
    response::{Html, IntoResponse, Response},
};
use notify::{Channel, placeholder::Personalisation, preview, sms};
use notify_store::{setting, template::Current};
use serde::Deserialize;
use text::Zone;
use ui::{
    Breadcrumbs, Bubble, ButtonKind, ButtonLink, Cell, Copyable, EmailFrame, Inset, Shell,
    SummaryList, SummaryRow,
};
use web::{Asked, At, PageError, Reader, page};

use super::Which;
use crate::{app::App, folder, frame, letter, words::Texts};

/// What was done before.
#[derive(Clone, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "template/show.html")]
struct ShowTemplate {
    shell: Shell,
    t: Texts,
    crumbs: Breadcrumbs,
    archived: Option<String>,
    redacted: bool,
    copy: Option<String>,
    email: Option<EmailFrame>,
    text: Option<Bubble>,
    size: Option<String>,
    facts: SummaryList,
    id: Copyable,
    send: Option<String>,
    manage: Option<String>,
    versions: String,
    waits: bool,
}

/// `GET …/templates/{template}`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    At(which): At<Which>,
    reader: Reader,
    Asked(Done { done }): Asked<Done>,
) -> Result<Html<String>, PageError> {
    let t = Texts(reader.language);
    let current = which.current(&app, &team).await?;
    let setting = setting::get(app.accounts.db.read(), team.id()).await?;
    let here = frame::at(team.id(), &format!("/templates/{}", current.head.id));
    let archived = current.head.archived_at.is_some();
    let seen = folder::seen(&app, &team).await?;
    let lies_in = current.head.folder_id.and_then(|id| seen.folder(id));
    let usable = |may: Permission| !archived && team.may(may);
    let mut shell = app.service_page(&reader, &team, current.head.name.clone());
    shell.done = match done.as_deref() {
        Some("saved") => Some(t.done_saved()),
        Some("redacted") => Some(t.done_redacted()),
        _ => None,
    };
    let from = app.sender_line(&team.service, &setting);
    let sends = usable(Permission::SendMessages) && team.member;
    let can = sends && !team.service.is_suspended();
    let prefix = setting.prefix_sms.then_some(team.service.name.as_str());
    page::show(&ShowTemplate {
        shell,
        crumbs: folder::crumbs(t, team.id(), (&seen, lies_in), true),
        archived: current.head.archived_at.map(|at| {
            t.template_archived_on(text::day(t.0, at.with_timezone(&team.who.zone()).date_naive()))
        }),
        redacted: current.head.redacted_at.is_some(),
        copy: usable(Permission::ManageTemplates).then(|| copy(&team, &current)),
        email: email(t, &current, (from, format!("{here}/look"))),
        text: bubble(&current, prefix),
        size: size(t, &current, prefix),
        facts: facts((t, team.who.zone()), &current),
        id: Copyable {
            language: t.0,
            id: "template-id".to_owned(),
            label: t.template_id(),
            value: current.head.id.to_string(),
            about: t.template_id(),
        },
        send: can.then(|| format!("{here}/send")),
        manage: usable(Permission::ManageTemplates).then(|| here.clone()),
        versions: format!("{here}/versions"),
        waits: sends && team.service.is_suspended(),
        t,
    })
}

/// The address of the form that begins with this template.
fn copy(team: &OnTeam<Member>, current: &Current) -> String {
    let (head, folder) = (&current.head, current.head.folder_id);
    let folder = folder.map(|id| id.to_string()).unwrap_or_default();
    let to = format!("/templates/new/{}?copy={}&folder={folder}", head.channel.0, head.id);
    frame::at(team.id(), &to)
}

fn email(t: Texts, current: &Current, (from, src): (String, String)) -> Option<EmailFrame> {
    let read = current.head.read(&current.text);
    (read.channel() == Channel::Email).then(|| EmailFrame {
        language: t.0,
        from,
        subject: letter::marked(preview::subject(
            &read,
            &Personalisation::new(),
            preview::Show::Names,
        )),
        src,
        lang: letter::foreign(t.0, &current.head),
        ..EmailFrame::default()
    })
}

fn bubble(current: &Current, prefix: Option<&str>) -> Option<Bubble> {
    let read = current.head.read(&current.text);
    let words = read.languages().of_words();
    (read.channel() == Channel::Sms).then(|| Bubble {
        body: Some(letter::marked(sms::preview_html(
            read.body(),
            &Personalisation::new(),
            prefix,
            words,
        ))),
        ..Bubble::default()
    })
}

/// How long a text is without its values.
fn size(t: Texts, current: &Current, prefix: Option<&str>) -> Option<String> {
    let read = current.head.read(&current.text);
    (read.channel() == Channel::Sms).then(|| {
        let language = read.languages().of_words();
        let text = sms::Text::render(read.body(), &Personalisation::new(), prefix, language);
        let parts = u64::try_from(text.parts()).unwrap_or(u64::MAX);
        t.template_size(text.message().chars().count(), parts)
    })
}

fn facts((t, zone): (Texts, Zone), current: &Current) -> SummaryList {
    let changed = current.head.updated_at.unwrap_or(current.head.created_at);
    let read = current.head.read(&current.text);
    let names: Vec<&str> = read.placeholders().into_iter().map(|(name, _)| name).collect();
    let names = if names.is_empty() { t.template_no_placeholders() } else { names.join(", ") };
    let rows = vec![
        SummaryRow::new(t.template_placeholders(), Cell::Text(names)),
        SummaryRow::new(t.template_changed(), Cell::Text(text::moment(t.0, zone, changed))),
        SummaryRow::new(t.template_version(), Cell::Text(current.head.version.to_string())),
    ];
    SummaryList { rows }
}

/// `GET …/templates/{template}/look`: the body of an e-mail alone, for the frame of the page.
pub async fn look(
    State(app): State<App>,
    team: OnTeam<Member>,
    At(which): At<Which>,
) -> Result<Response, PageError> {
    let current = which.current(&app, &team).await?;
    let read = current.head.read(&current.text);
    if read.channel() != Channel::Email {
        return Err(PageError::Missing);
    }
    let body = preview::body(&read, &Personalisation::new(), preview::Show::Names);
    Ok(letter::framed(&read, &body).into_response())
}
