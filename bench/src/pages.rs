//! How long the site's pages take with many stored notifications, asked for by one reader.

use std::{sync::Arc, time::Duration};

use accounts::{Permissions, membership, person, session};
use anyhow::{Context, Result};
use audit::{Actor, Stamp};
use kernel::{Clock, Language};
use testkit::Engine;

use crate::{
    Plan,
    load::{self, Request, request},
    progress::say,
    rounds::Rounds,
    table,
    world::World,
};

/// The aim: a page is answered within so many milliseconds, however many notifications are stored.
const AIM: f64 = 20.0;

/// Prints how long each page takes on `large`.
pub async fn measure(engine: Engine, plan: &Plan, large: &World) -> Result<()> {
    say(&format!("{engine:?}: the site's pages"));
    let cookie = sign_in(large).await?;
    table::begin(
        &format!("Pages with {} stored notifications, {engine:?}", plan.stored),
        &["page", "p50 ms", "p99 ms", "kB", "p99 within 20 ms"],
    );
    for (name, path) in pages(large)? {
        let ask = get(&large.host(), &cookie, &path);
        let size = load::so_many(&large.host(), 1, 1, 200, ask.clone()).await?[0].len();
        let (mut middle, mut late) = (Rounds::default(), Rounds::default());
        for _ in 0..plan.rounds {
            let one = Duration::from_secs(1);
            let seen = load::closed(&large.host(), 1, one, 200, ask.clone()).await?;
            middle.add(seen.delay(0.5));
            late.add(seen.delay(0.99));
        }
        let within = if late.median() <= AIM { "yes" } else { "no" };
        let kilobytes = format!("{:.1}", size as f64 / 1000.0);
        table::row(&[name, middle.shown(2), late.shown(2), kilobytes, within.to_owned()]);
    }
    Ok(())
}

/// The pages that grow with what was sent, and two that do not.
fn pages(world: &World) -> Result<Vec<(String, String)>> {
    let home = format!("/services/{}", world.service);
    let some = world.stored.get(world.stored.len() / 2).context("a stored notification")?;
    let pages = [
        ("dashboard", String::new()),
        ("messages", "/messages".to_owned()),
        ("messages that failed", "/messages?group=failed".to_owned()),
        ("one message", format!("/messages/{some}")),
        ("templates", "/templates".to_owned()),
        ("settings", "/settings".to_owned()),
    ];
    Ok(pages.into_iter().map(|(name, path)| (name.to_owned(), home.clone() + &path)).collect())
}

/// A member with every permission, signed in; gives their cookie's value.
async fn sign_in(world: &World) -> Result<String> {
    let db = &world.portico.database().db;
    let vault = portico::keys::open(&world.portico.folder().join("var/keys"))?;
    let now = Clock::system().now();
    let stamp = Stamp { actor: Actor::Operator("bench".to_owned()), at: now };
    let details = person::Details {
        name: "Reader".to_owned(),
        email_address: "reader@example.gc.ca".to_owned(),
        mobile_number: None,
        language: Language::English,
    };
    let tx = db.begin().await?;
    let reader = person::create(&tx, &stamp, &details).await?.id;
    person::confirm(&tx, &stamp, reader).await?;
    membership::add(&tx, &stamp, world.service, reader).await?;
    membership::permit(&tx, &stamp, (world.service, reader), Permissions::all()).await?;
    let cookie = session::begin(&tx, &vault, reader, ("bench", true), now).await?;
    tx.commit().await?;
    Ok(cookie)
}

fn get(host: &str, cookie: &str, path: &str) -> Request {
    let (line, host) = (format!("GET {path}"), host.to_owned());
    let headers = format!("cookie: session={cookie}\r\n");
    Arc::new(move || request(&line, &host, &headers, ""))
}
