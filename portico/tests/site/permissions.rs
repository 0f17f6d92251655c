//! Who may open what: every address of the site, asked for by every kind of person, beside the table in
//! `docs/permissions.md` (admin specification, section (a)).

use std::collections::BTreeSet;

use accounts::{Permission, Permissions, ServiceId};
use axum::http::{Method, StatusCode, header};
use portico::Migrator;
use testkit::Browser;
use web::Route;

use crate::house::House;

const TABLE: &str = include_str!("../../../docs/permissions.md");

/// Somebody who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Nobody,
    Stranger,
    /// On the team, without any permission or with this one.
    Member(Option<Permission>),
    /// Staff who are not on the team.
    Staff,
}

/// Who may, as a line of the table says.
#[derive(Debug)]
enum Who {
    Everybody,
    SignedIn,
    Staff,
    Organisation,
    Team { any: Vec<Permission>, own_only: bool },
}

impl Who {
    fn read(words: &str) -> Self {
        match words {
            "everybody" => return Self::Everybody,
            "signed in" | "password given" => return Self::SignedIn,
            "staff" => return Self::Staff,
            "organisation" => return Self::Organisation,
            _ => {}
        }
        let (mut any, mut own_only) = (Vec::new(), false);
        for word in words.split(", ") {
            match word {
                "member" => {}
                "own team only" => own_only = true,
                permission => any.push(permission.parse().expect("a permission")),
            }
        }
        Self::Team { any, own_only }
    }

    /// What has to come back, in a word.
    fn wants(&self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Everybody, _) => "in",
            (_, Kind::Nobody) => "sign in",
            (Self::SignedIn, _) | (Self::Staff | Self::Organisation, Kind::Staff) => "in",
            (Self::Staff, _) => "forbidden",
            (Self::Organisation, _) => "missing",
            (Self::Team { .. }, Kind::Stranger) => "missing",
            (Self::Team { any, .. }, Kind::Member(may)) => {
                let has = any.is_empty() || may.is_some_and(|may| any.contains(&may));
                if has { "in" } else { "forbidden" }
            }
            (Self::Team { own_only, .. }, Kind::Staff) => {
                if *own_only {
                    "forbidden"
                } else {
                    "in"
                }
            }
        }
    }
}

fn table() -> Vec<(String, Who)> {
    let lines = TABLE.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    let rows = lines.filter_map(|line| line.split_once(" | "));
    rows.filter(|(address, _)| *address != "Address")
        .map(|(address, who)| (address.to_owned(), Who::read(who)))
        .collect()
}

fn named(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

/// The address with the service filled in, and with what belongs to nobody in every other place.
fn filled(path: &str, service: ServiceId) -> String {
    let parts = path.split('/').map(|part| match part {
        "{service}" => service.to_string(),
        variable if variable.starts_with('{') => "018f4e1c-0000-7000-8000-0000000000ff".to_owned(),
        fixed => fixed.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// What came back, in the words of [`Who::wants`], or exactly when it is none of them.
async fn answer(browser: &mut Browser, route: &Route, path: &str) -> String {
    let form = match route.method {
        Method::POST => "application/x-www-form-urlencoded".to_owned(),
        _ => String::new(),
    };
    let page = browser.send(route.method.clone(), path, (form, Vec::new())).await;
    let to = page.headers.get(header::LOCATION).map(|to| to.to_str().unwrap_or_default());
    let leads = |page: &str| to.is_some_and(|to| to.starts_with(page));
    match page.status {
        _ if leads("/sign-in?next=") => "sign in".to_owned(),
        // Known and let in, once the password has been given again.
        _ if leads("/profile/proof?next=") => "in".to_owned(),
        StatusCode::FORBIDDEN => "forbidden".to_owned(),
        StatusCode::NOT_FOUND => "missing".to_owned(),
        // Whoever is let in sends no proof that the form is ours, and is stopped there.
        status if status.is_client_error() => "in".to_owned(),
        status if status.is_server_error() => status.to_string(),
        status if route.method == Method::POST => format!("{status} without a proof"),
        _ => "in".to_owned(),
    }
}

/// Whether an answer is the wanted one. Who is let in may find that nothing has the number that stands for all.
fn fits(wanted: &str, answer: &str, route: &Route) -> bool {
    let variables = route.path.matches('{').count();
    let others = variables - usize::from(route.path.contains("{service}"));
    wanted == answer || (wanted == "in" && answer == "missing" && others > 0)
}

async fn askers(house: &House, service: ServiceId) -> Vec<(Kind, Browser)> {
    let mut all = vec![(Kind::Nobody, house.browser())];
    let stranger = house.person("stranger@example.gc.ca").await;
    all.push((Kind::Stranger, house.signed_in(&stranger).await));
    for may in std::iter::once(None).chain(Permission::ALL.map(Some)) {
        let name = may.map_or("nothing", Permission::as_str);
        let person = house.person(&format!("{}@example.gc.ca", name.replace('_', "-"))).await;
        house.join(service, &person, may.into_iter().collect::<Permissions>()).await;
        all.push((Kind::Member(may), house.signed_in(&person).await));
    }
    all.push((Kind::Staff, house.staff().await.1));
    all
}

testkit::on_each_engine! {
    Migrator;

    async fn every_address_opens_for_those_in_the_table_and_for_nobody_else(test) {
        let house = House::over(&test.db).await;
        let service = house.service("Permits").await.id;
        let mut askers = askers(&house, service).await;
        let rows = table();
        let listed: BTreeSet<&str> = rows.iter().map(|(address, _)| address.as_str()).collect();
        let mut wrong = Vec::new();
        for route in house.routes.iter().filter(|route| !listed.contains(named(route).as_str())) {
            wrong.push(format!("{} is not in docs/permissions.md", named(route)));
        }
        for (address, who) in &rows {
            let Some(route) = house.routes.iter().find(|route| named(route) == *address) else {
                wrong.push(format!("{address} is in docs/permissions.md and not on the site"));
                continue;
            };
            let path = filled(&route.path, service);
            for (kind, browser) in &mut askers {
                // Signing out ends what the others of this test need.
                if route.path == "/sign-out" && *kind != Kind::Nobody {
                    continue;
                }
                let (wanted, got) = (who.wants(*kind), answer(browser, route, &path).await);
                if !fits(wanted, &got, route) {
                    wrong.push(format!("{address} as {kind:?}: {got}, wanted {wanted}"));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }
}
