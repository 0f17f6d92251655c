//! The list of all services, with what they sent in seven days.

use std::collections::HashMap;

use accounts::{
    OrganisationId, ServiceId, SignedIn, Staff, organisation,
    service::{self, Count, Model, Sought, State as Stands},
};
use askama::Template;
use axum::{extract::State, response::Html};
use notify::Channel;
use notify_store::statistic::{Days, Totals, several};
use serde::Deserialize;
use ui::{
    Button, ButtonKind, Cell, InputKind, Link, Pagination, Shell, Tab, Table, Tabs, TextInput,
};
use web::{Asked, PageError, Reader, page};

use super::{SERVICES, path, tag};
use crate::{
    app::App,
    staff::{address, moment, organisation as organisations},
    words::Texts,
};

/// Services on a page.
const SIZE: u64 = 50;

/// Which services are asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    state: Option<Stands>,
    #[serde(default)]
    q: String,
    organisation: Option<OrganisationId>,
    older_than: Option<ServiceId>,
}

#[derive(Template)]
#[template(path = "staff/services.html")]
struct Services {
    shell: Shell,
    t: Texts,
    tabs: Tabs,
    table: Table,
    pages: Pagination,
    counted: String,
    q: String,
    state: Option<Stands>,
    organisation: Option<organisation::Model>,
    action: &'static str,
}

/// `GET /staff/services`
pub async fn show(
    State(app): State<App>,
    Staff(who): Staff,
    reader: Reader,
    Asked(wanted): Asked<Wanted>,
) -> Result<Html<String>, PageError> {
    let (db, t) = (app.accounts.db.read(), Texts(reader.language));
    let sought = Sought {
        state: wanted.state,
        name: Some(wanted.q.clone()),
        organisation: wanted.organisation,
    };
    let mut rows = service::search(db, &sought, wanted.older_than, SIZE + 1).await?;
    let more = rows.len() as u64 > SIZE;
    rows.truncate(SIZE as usize);
    let last = rows.last().filter(|_| more).map(|row| row.id);
    let count = service::counts(db).await?;
    let organisation = match wanted.organisation {
        Some(id) => Some(organisation::find(db, id).await?.ok_or(PageError::Missing)?),
        None => None,
    };
    page::show(&Services {
        shell: app.page(&reader, &who, t.staff_services_title()),
        t,
        tabs: tabs(t, &wanted, &count),
        table: table(&app, &who, t, &rows).await?,
        pages: Pagination {
            language: t.0,
            newer: wanted.older_than.map(|_| wanted.address(wanted.state, None)),
            older: last.map(|last| wanted.address(wanted.state, Some(last))),
        },
        counted: t.staff_services_counted(text::number(t.0, count.counted)),
        q: wanted.q,
        state: wanted.state,
        organisation,
        action: SERVICES,
    })
}

impl Wanted {
    /// The address of the same search in another state or further down.
    fn address(&self, state: Option<Stands>, older_than: Option<ServiceId>) -> String {
        let q = Some(self.q.trim()).filter(|q| !q.is_empty());
        address(
            SERVICES,
            &[
                ("state", state.map(|state| state.to_string())),
                ("q", q.map(ToOwned::to_owned)),
                ("organisation", self.organisation.map(|id| id.to_string())),
                ("older_than", older_than.map(|id| id.to_string())),
            ],
        )
    }
}

fn tabs(t: Texts, wanted: &Wanted, count: &Count) -> Tabs {
    let all = [None].into_iter().chain(Stands::ALL.map(Some));
    let tab = |state: Option<Stands>| Tab {
        href: wanted.address(state, None),
        text: state.map_or_else(|| t.staff_services_all(), |state| name(t, state)),
        count: state.map(|state| count.of(state)),
        current: state == wanted.state,
    };
    Tabs {
        language: t.0,
        label: t.staff_services_states(),
        tabs: all.map(tab).collect(),
        pills: true,
    }
}

fn name(t: Texts, state: Stands) -> String {
    match state {
        Stands::Live => t.staff_services_live(),
        Stands::Trial => t.staff_services_trial(),
        Stands::Suspended => t.staff_services_suspended(),
        Stands::Archived => t.staff_services_archived(),
    }
}

async fn table(
    app: &App,
    who: &SignedIn,
    t: Texts,
    services: &[Model],
) -> Result<Table, PageError> {
    let db = app.accounts.db.read();
    let ids: Vec<ServiceId> = services.iter().map(|one| one.id).collect();
    let facts = several::by_service(db, &ids, Days::last(7, who.now)).await?;
    let facts: HashMap<(ServiceId, Channel), Totals> =
        facts.into_iter().map(|one| ((one.service, one.channel), one.totals)).collect();
    let belong: Vec<OrganisationId> =
        services.iter().filter_map(|one| one.organisation_id).collect();
    let names: HashMap<OrganisationId, String> = organisation::find_all(db, &belong)
        .await?
        .into_iter()
        .map(|one| (one.id, one.name))
        .collect();
    let number = |n: i64| Cell::Text(text::number(t.0, n.max(0).unsigned_abs()));
    let row = |one: &Model| {
        let of = |channel| facts.get(&(one.id, channel)).copied().unwrap_or_default();
        let (emails, texts) = (of(Channel::Email), of(Channel::Sms));
        let organisation = one.organisation_id.and_then(|id| Some((id, names.get(&id)?)));
        let organisation = organisation.map_or_else(
            || Cell::Text(t.staff_none()),
            |(id, name)| Cell::Link(Link::new(organisations::path(id), name.clone())),
        );
        vec![
            Cell::Link(Link::new(path(one.id), one.name.clone())),
            tag(t, one).into(),
            organisation,
            number(emails.requested),
            number(texts.requested),
            number(emails.failed + texts.failed),
            Cell::Text(moment(t, who, one.created_at)),
        ]
    };
    Ok(Table {
        caption: t.staff_services_caption(),
        head: vec![
            t.staff_service(),
            t.staff_state(),
            t.staff_organisation(),
            t.staff_services_emails(),
            t.staff_services_texts(),
            t.staff_services_failed(),
            t.staff_service_made(),
        ],
        numbers: vec![3, 4, 5],
        rows: services.iter().map(row).collect(),
        empty: Some(t.staff_services_none()),
        ..Table::default()
    })
}
