//! The list of messages.

use accounts::{OnTeam, api_key, gate::Member, membership};
use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::Language;
use notify::{Channel, Status, status::Group};
use notify_store::{
    notification::{Content, Model},
    search::{self, Found, Origin, Search},
    statistic::{self, Days, Totals},
    template,
};
use serde::Deserialize;
use ui::{
    Button, ButtonKind, Cell, Choice, ErrorSummary, Errors, InputKind, Link, Pagination, Select,
    Shell, Tab, Table, Tabs, Tag, TextInput, Tone, Width,
};
use web::{Asked, Form, PageError, Reader, page};

use super::filter::{DAYS, Filter, Wanted, sender_word};
use crate::{app::App, figure, frame, letter, words::Texts};

/// Messages on a page.
const SIZE: u64 = 50;

/// What is looked for by a form, so that the recipient stays out of addresses and logs.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct SearchForm {
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    reference: String,
    #[serde(flatten)]
    wanted: Wanted,
}

impl SearchForm {
    fn is_empty(&self) -> bool {
        self.recipient.trim().is_empty() && self.reference.trim().is_empty()
    }
}

#[derive(Template)]
#[template(path = "message/list.html")]
struct Messages {
    shell: Shell,
    t: Texts,
    errors: Errors,
    tabs: Tabs,
    table: Table,
    pages: Pagination,
    form: SearchForm,
    /// Whether the narrowing form is open.
    open: bool,
    selects: Vec<Select>,
    /// Hidden fields of a search: what the list is narrowed down by.
    carried: Vec<(&'static str, String)>,
    /// Where the next page of a search begins; it is asked for with a form.
    next: Option<String>,
    here: String,
}

impl Messages {
    fn language(&self) -> Language {
        self.shell.language
    }
}

/// `GET /services/{service}/messages`
pub async fn show(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Response, PageError> {
    let form = SearchForm { wanted, ..SearchForm::default() };
    list(&app, &team, &reader, form).await
}

/// `POST /services/{service}/messages/search`
pub async fn search(
    State(app): State<App>,
    team: OnTeam<Member>,
    reader: Reader,
    Form(form): Form<SearchForm>,
) -> Result<Response, PageError> {
    list(&app, &team, &reader, form).await
}

async fn list(
    app: &App,
    team: &OnTeam<Member>,
    reader: &Reader,
    form: SearchForm,
) -> Result<Response, PageError> {
    let t = Texts(reader.language);
    let (filter, errors) = form.wanted.read(t)?;
    let shell = app.service_page(reader, team, t.menu_messages());
    let shell = if errors.is_empty() { shell } else { shell.failed() };
    let found =
        if errors.is_empty() { find(app, team, &form, filter).await? } else { Found::default() };
    let here = frame::at(team.id(), "/messages");
    let searched = !form.is_empty();
    let older = found.next.map(|next| next.to_string());
    let with = |id: &String| {
        let address = filter.address(&here, filter.group);
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joint}older_than={id}")
    };
    let newer = (form.wanted.older_than.is_some() && !searched)
        .then(|| filter.address(&here, filter.group));
    let view = Messages {
        t,
        tabs: tabs(app, t, team, (&here, filter, searched)).await?,
        pages: Pagination {
            language: t.0,
            newer,
            older: older.as_ref().filter(|_| !searched).map(with),
        },
        table: table(app, t, team, (&found, filter, searched)).await?,
        open: filter.is_narrow() || !errors.is_empty(),
        selects: selects(app, t, team, filter).await?,
        carried: filter
            .pairs()
            .into_iter()
            .chain(filter.group.map(|group| ("group", group.to_string())))
            .collect(),
        next: older.filter(|_| searched),
        form,
        here,
        shell,
        errors,
    };
    let status =
        if view.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page::show(&view)?).into_response())
}

async fn find(
    app: &App,
    team: &OnTeam<Member>,
    form: &SearchForm,
    filter: Filter,
) -> Result<Found, PageError> {
    let typed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let usual = filter.search(team.who.zone(), team.who.now);
    let sought = Search {
        recipient: typed(&form.recipient),
        reference: typed(&form.reference),
        // Whoever looks for somebody looks at everything that is kept.
        since: usual.since.filter(|_| form.is_empty() || filter.from.is_some()),
        older_than: form.wanted.older_than,
        size: SIZE,
        ..usual
    };
    let (db, vault) = (app.accounts.db.read(), &app.accounts.vault);
    let dialect = app.dispatch.settings.dialect;
    Ok(search::search(db, vault, dialect, team.id(), &sought).await?)
}

/// The groups of statuses, with their numbers where the facts know them.
async fn tabs(
    app: &App,
    t: Texts,
    team: &OnTeam<Member>,
    (here, filter, searched): (&str, Filter, bool),
) -> Result<Tabs, PageError> {
    let totals = if filter.is_counted() && !searched {
        let days = Days::last(DAYS, team.who.now);
        let sums = statistic::by_channel(app.accounts.db.read(), team.id(), days).await?;
        let of = sums.iter().filter(|sum| filter.channel.is_none_or(|is| is == sum.channel));
        Some(of.fold(Totals::default(), |all, sum| Totals {
            requested: all.requested + sum.totals.requested,
            delivered: all.delivered + sum.totals.delivered,
            failed: all.failed + sum.totals.failed,
            parts: all.parts + sum.totals.parts,
        }))
    } else {
        None
    };
    let all = [None, Some(Group::InTransit), Some(Group::Delivered), Some(Group::Failed)];
    let tab = |group: Option<Group>| Tab {
        href: filter.address(here, group),
        text: group.map_or_else(|| t.messages_all(), |is| name(t, is)),
        count: totals.map(|totals| figure::count(number(totals, group))),
        current: group == filter.group,
    };
    let tabs = all.into_iter().map(tab).collect();
    Ok(Tabs { language: t.0, label: t.messages_filter(), tabs, pills: true })
}

const fn number(totals: Totals, group: Option<Group>) -> i64 {
    match group {
        None => totals.requested,
        Some(Group::InTransit) => totals.in_transit(),
        Some(Group::Delivered) => totals.delivered,
        Some(Group::Failed) => totals.failed,
        Some(Group::Cancelled) => 0,
    }
}

/// The lists to choose from: kind, template, sender.
async fn selects(
    app: &App,
    t: Texts,
    team: &OnTeam<Member>,
    filter: Filter,
) -> Result<Vec<Select>, PageError> {
    let db = app.accounts.db.read();
    let select = |name: &str, label: String, choices: Vec<Choice>, chosen: Option<String>| {
        let chosen = chosen.unwrap_or_default();
        let any = Choice::new("", t.messages_any(), &chosen);
        let others = choices.into_iter().map(|one| Choice { chosen: one.value == chosen, ..one });
        let choices = std::iter::once(any).chain(others).collect();
        Select { name: name.to_owned(), label, choices, ..Select::default() }
    };
    let kinds =
        Channel::ALL.iter().map(|is| Choice::new(is.as_str(), letter::kind(t, *is).text, ""));
    let templates = template::list(db, team.id(), None).await?;
    let templates =
        templates.iter().map(|one| Choice::new(one.head.id.to_string(), one.head.name.clone(), ""));
    let people = membership::people(db, team.id()).await?;
    let keys = api_key::list(db, team.id()).await?;
    let people = people.iter().map(|one| (Origin::Person(one.id), one.name.clone()));
    let keys = keys.iter().map(|one| (Origin::Key(one.id), t.messages_key(&one.name)));
    let senders = people.chain(keys).map(|(who, name)| Choice::new(sender_word(who), name, ""));
    Ok(vec![
        select("channel", t.kind(), kinds.collect(), filter.channel.map(|is| is.to_string())),
        select(
            "template",
            t.message_template(),
            templates.collect(),
            filter.template.map(|is| is.to_string()),
        ),
        select("sender", t.message_sender(), senders.collect(), filter.origin.map(sender_word)),
    ])
}

async fn table(
    app: &App,
    t: Texts,
    team: &OnTeam<Member>,
    (found, filter, searched): (&Found, Filter, bool),
) -> Result<Table, PageError> {
    let ids: Vec<_> = found.rows.iter().map(|row| row.template_id).collect();
    let heads = template::some(app.accounts.db.read(), team.id(), &ids).await?;
    let row = |row: &Model| {
        let content = Content::open(&app.accounts.vault, row.id, &row.sealed);
        let to = content.map_or_else(|_| t.message_gone(), |content| content.to);
        let href = frame::at(team.id(), &format!("/messages/{}", row.id));
        let head = heads.iter().find(|head| head.id == row.template_id);
        vec![
            Cell::Link(Link::new(href, to)),
            Cell::Text(head.map(|head| head.name.clone()).unwrap_or_default()),
            Cell::Tag(letter::kind(t, row.channel.0)),
            Cell::Tag(tag(t, row.status.0, row.channel.0)),
            Cell::Text(text::moment(t.0, team.who.zone(), row.created_at)),
        ]
    };
    let dated = searched || filter.from.is_some() || filter.to.is_some();
    let empty = if found.next.is_some() { t.messages_none_yet() } else { t.messages_none() };
    Ok(Table {
        caption: if dated { t.messages_caption() } else { t.messages_caption_days(DAYS) },
        head: vec![
            t.message_to(),
            t.message_template(),
            t.kind(),
            t.message_status(),
            t.message_accepted(),
        ],
        rows: found.rows.iter().map(row).collect(),
        empty: Some(empty),
        ..Table::default()
    })
}

/// A status as people say it.
pub fn tag(t: Texts, status: Status, channel: Channel) -> Tag {
    let group = status.group(channel);
    let tone = match group {
        Group::InTransit | Group::Cancelled => Tone::Neutral,
        Group::Delivered => Tone::Done,
        Group::Failed => Tone::Danger,
    };
    Tag { text: name(t, group), tone }
}

fn name(t: Texts, group: Group) -> String {
    match group {
        Group::InTransit => t.group_in_transit(),
        Group::Delivered => t.group_delivered(),
        Group::Failed => t.group_failed(),
        Group::Cancelled => t.group_cancelled(),
    }
}
