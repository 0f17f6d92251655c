//! What a service has set: a list to read, and the forms that change it (admin specification, section M).

mod archive;
mod change;
mod name;
mod reply_to;
mod retention;
mod senders;

use accounts::{OnTeam, Permission as May, ServiceId, gate::ReadSettings};
use askama::Template;
use axum::{
    extract::{Query, State},
    response::Html,
};
use notify::{Channel, Permission};
use notify_store::{reply_to as addresses, retention as kept_for, setting, sms_sender};
use serde::Deserialize;
use ui::{Account, Cell, Shell, SummaryList, SummaryRow};
use web::{PageError, Reader, Routes, page};

use crate::{app::App, frame, words::Texts};

/// The list, a form for each kind of setting, and the end of the service.
pub fn routes() -> Routes<App> {
    let at = |page: &str| format!("{}/{{service}}/settings{page}", Account::SERVICES);
    Routes::default()
        .get(&at(""), show)
        .get(&at("/change"), change::edit)
        .post(&at("/change"), change::save)
        .get(&at("/name"), name::edit)
        .post(&at("/name"), name::check)
        .post(&at("/name/confirm"), name::save)
        .get(&at("/retention"), retention::edit)
        .post(&at("/retention"), retention::save)
        .get(&at("/senders"), senders::show)
        .post(&at("/senders/{sender}/default"), senders::make_default)
        .get(&at("/archive"), archive::ask)
        .post(&at("/archive"), archive::archive)
        .get(&at("/reply-to"), reply_to::show)
        .post(&at("/reply-to"), reply_to::add)
        .post(&at("/reply-to/{address}/default"), reply_to::make_default)
        .get(&at("/reply-to/{address}/remove"), reply_to::ask)
        .post(&at("/reply-to/{address}/remove"), reply_to::remove)
}

/// Where a service's settings are.
fn path(service: ServiceId) -> String {
    format!("{}/{service}/settings", Account::SERVICES)
}

/// What was just done.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "settings/show.html")]
struct Settings {
    shell: Shell,
    t: Texts,
    state: String,
    list: SummaryList,
    limits: SummaryList,
    /// Where the service is ended, for those who may.
    archive: Option<String>,
    /// Where its history is, for those who manage it.
    history: Option<String>,
}

/// `GET /services/{service}/settings`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<ReadSettings>,
    reader: Reader,
    Query(done): Query<Done>,
) -> Result<Html<String>, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let row = setting::get(db, team.id()).await?;
    let replies = addresses::list(db, team.id()).await?;
    let senders = sms_sender::list(db, team.id()).await?;
    let days = [
        kept_for::get(db, team.id(), Channel::Email).await?.get(),
        kept_for::get(db, team.id(), Channel::Sms).await?.get(),
    ];
    let mut shell = app.service_page(&reader, &team, t.settings_title());
    shell.done = (done.done == "saved").then(|| t.settings_done());
    let state = match (team.service.is_suspended(), team.service.trial) {
        (true, _) => t.settings_suspended(),
        (false, true) => t.settings_trial(),
        (false, false) => t.settings_live(),
    };
    let known = Known {
        row: &row,
        replies: replies.into_iter().map(|one| one.email_address).collect(),
        senders: senders.into_iter().map(|one| one.sender).collect(),
        days,
    };
    let list = values(&app, t, &team, &known);
    let manages = team.may(May::ManageService);
    let archive = manages.then(|| format!("{}/archive", path(team.id())));
    let history = manages.then(|| frame::at(team.id(), "/history"));
    page::show(&Settings { shell, t, state, list, limits: limits(t, &row), archive, history })
}

/// What is set.
struct Known<'a> {
    row: &'a setting::Model,
    replies: Vec<String>,
    senders: Vec<String>,
    /// For how many days e-mails and texts are kept.
    days: [i32; 2],
}

/// What can be changed, with the way to it for those who may.
fn values(app: &App, t: Texts, team: &OnTeam<ReadSettings>, known: &Known<'_>) -> SummaryList {
    let row = known.row;
    let yes_no = |yes: bool| if yes { t.settings_on() } else { t.settings_off() };
    let listed = |all: &[String], none: String| if all.is_empty() { none } else { all.join(", ") };
    let domain = row.sending_domain.as_deref().unwrap_or(&app.sending_domain);
    let [emails, texts] = known.days.map(|days| t.settings_days(days));
    let kept =
        format!("{} {emails}, {} {texts}", t.settings_kept_emails(), t.settings_kept_texts());
    let rows = [
        (t.new_service_name(), team.service.name.clone(), "name#name"),
        (t.new_service_address(), format!("{}@{domain}", row.email_from), "name#email_from"),
        (t.email(), yes_no(row.may(Permission::Email)), "change#channel"),
        (t.settings_reply_to(), listed(&known.replies, t.settings_no_reply()), "reply-to"),
        (t.text_message(), yes_no(row.may(Permission::Sms)), "change#channel"),
        (t.settings_prefix(), yes_no(row.prefix_sms), "change#prefix_sms"),
        (t.settings_senders(), listed(&known.senders, t.settings_senders_shared()), "senders"),
        (
            t.settings_international(),
            yes_no(row.may(Permission::InternationalSms)),
            "change#international",
        ),
        (t.settings_retention(), kept, "retention"),
    ];
    let may = team.may(May::ManageService);
    let rows = rows.into_iter().map(|(key, value, place)| {
        let row = SummaryRow::new(key, Cell::Text(value));
        let change = format!("{}/{place}", path(team.id()));
        if may { row.action(change, t.settings_change()) } else { row }
    });
    rows.collect()
}

/// What only staff change.
fn limits(t: Texts, row: &setting::Model) -> SummaryList {
    let limits = row.limits();
    let number = |n: i64| Cell::Text(text::number(t.0, n.unsigned_abs()));
    let rows = [
        (t.settings_rate(), number(i64::from(limits.rate))),
        (t.settings_email_daily(), number(limits.email_daily)),
        (t.settings_sms_daily(), number(limits.sms_daily)),
        (t.settings_email_annual(), number(limits.email_annual)),
        (t.settings_sms_annual(), number(limits.sms_annual)),
    ];
    rows.into_iter().collect()
}
